#!/bin/sh
# Makes gemproxy-cli start in half the time: writes lib/gemproxy-cli.aot, an ahead-of-time cache for
# the Java that is found here. Run it as who owns the installation, and again after an update of
# gemproxy or of Java; a cache that does not fit is left alone, and all works without one.
#
# Exit codes: 0 written, 1 not, 9 no Java 25 found.
set -eu

case $0 in
    */*) here=${0%/*} ;;
    *) here=. ;;
esac
home=$(CDPATH='' cd -- "$here/.." && pwd -P)
# shellcheck source=SCRIPTDIR/java.sh
. "$home/lib/java.sh"
need_java train.sh "$home"
class_path "$home"

cache=$home/lib/gemproxy-cli.aot
new=$home/lib/.gemproxy-cli.$$.aot
trap 'rm -f "$new" "$new.config"' EXIT

# What it is trained with is the template, in which nothing is secret. The answer may be "no".
status=0
said=$(
    "$java_home/bin/java" \
        -XX:+UseSerialGC \
        -XX:TieredStopAtLevel=1 \
        -XX:-UsePerfData \
        -XX:AOTCacheOutput="$new" \
        -cp "$java_class_path" io.gemproxy.cli.Main validate "$home/config/proxy.yaml.example" 2>&1
) || status=$?
if [ ! -s "$new" ] || [ "$status" -gt 1 ]; then
    printf '%s\n' "train.sh: no cache was made:" "$said" >&2
    exit 1
fi
chmod 0644 "$new"
mv -f "$new" "$cache"
echo "Wrote $cache"
