#!/bin/sh
# Gives the directory of the distribution a Java of its own (runtime/), and caches that were trained on it.
# usage: image.sh HOME TIME
# Every file gets the time TIME, as in the archives: a cache fits jars of one time only.
set -eu
home=$1 time=$2
parts=$(CDPATH='' cd -- "${0%/*}" && pwd -P)

# What jdeps finds in the jars, but for what no code here runs (java.desktop, of Jackson's support for its
# types), and what only services need: elliptic curves, jcmd and flight recordings for support.
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml
modules=$modules,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.net,jdk.unsupported

# shellcheck source=SCRIPTDIR/../main/sh/java.sh
. "$home/lib/java.sh"
find_java "" jlink || { echo "image.sh: no JDK 25 with jlink found" >&2; exit 9; }
command -v strip >/dev/null || { echo "image.sh: strip is missing: apt install binutils" >&2; exit 1; }

dated() { find "$@" -exec touch -h -d "$time" {} +; }

rm -rf "$home/runtime" "$home"/lib/*.aot
# shellcheck disable=SC2154 # find_java sets it
"$java_home/bin/jlink" --add-modules "$modules" --output "$home/runtime" \
    --strip-debug --no-header-files --no-man-pages --compress zip-0
# The list of security providers names some that these modules lack. To look for one of those, the VM makes each
# provider that it finds on the class path, Bouncy Castle's with their seven hundred classes.
security=$home/runtime/conf/security/java.security
present=$("$home/runtime/bin/java" -XshowSettings:security:providers -version 2>&1 |
    sed -n 's/^ *Provider name: //p' | tr '\n' ' ')
awk -v present=" $present" '
    /^security\.provider\.[0-9]+=/ {
        name = substr($0, index($0, "=") + 1)
        if (index(present, " " name " ")) print "security.provider." ++n "=" name
        next
    }
    { print }
    END { exit n == 0 }' "$security" >"$home/../java.security"
cat "$home/../java.security" >"$security"
rm "$home/../java.security"
rm "$home/runtime/lib/jrt-fs.jar" # for programs of other Javas that look into this one
find "$home/runtime" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper -o -name jexec \) \
    -exec strip --strip-unneeded {} +
"$java_home/bin/java" "$parts/Store.java" "$home/lib"
chmod -R u=rwX,go=rX "$home"
dated "$home"
"$home/runtime/bin/java" -XX:+UseSerialGC -Xshare:dump >"$home/../cds.log" 2>&1 || { cat "$home/../cds.log" >&2; exit 1; }
dated "$home/runtime"
sh "$home/lib/train.sh"
dated "$home"
