# shellcheck shell=sh
# Finds a Java 25. Sourced by bin/*, scripts/quickstart.sh, .ci/run and the Makefile.
#
# find_java [runtime]         java_home: where a Java 25 lives; returns 1 if there is none
# find_java "" javac          the same, but it must have a compiler
# class_path HOME             java_class_path: the jars of an installation
# use_cache FILE              java_cache: the flags to start with a cache of train.sh, if it is there
# server_flags, cli_flags     what the two programs are started, and their caches made, with
#
# Order: the runtime given, JAVA_HOME, the usual places, the java on the PATH. A JAVA_HOME of
# another version is passed over, because many machines set one for other programs.
# JVM_DIRS (colon separated) replaces the usual places. Nothing but the shell itself is needed, so
# that the answer does not depend on what an empty PATH still finds.

# shellcheck disable=SC2034 # read by those who source this file
java_home=

# java_is_25 HOME TOOL: HOME holds TOOL, and its release file says 25
java_is_25() {
    [ -x "$1/bin/$2" ] || return 1
    [ -r "$1/release" ] || return 1
    while IFS= read -r java_line || [ -n "$java_line" ]; do
        case $java_line in
            'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'* | 'JAVA_VERSION="25-'* | 'JAVA_VERSION="25+'*)
                return 0
                ;;
        esac
    done <"$1/release"
    return 1
}

find_java() {
    java_tool=${2:-java}
    if [ -n "${1:-}" ] && [ -x "$1/bin/$java_tool" ]; then
        java_home=$1
        return 0
    fi
    if [ -n "${JAVA_HOME:-}" ] && java_is_25 "$JAVA_HOME" "$java_tool"; then
        java_home=$JAVA_HOME
        return 0
    fi
    java_dirs=${JVM_DIRS:-/usr/lib/jvm:/usr/java:/opt:/opt/java:/usr/local:${HOME:-/root}/.sdkman/candidates/java:${HOME:-/root}/.jdks:/Library/Java/JavaVirtualMachines}
    java_ifs=$IFS
    IFS=:
    for java_dir in $java_dirs; do
        for java_candidate in "$java_dir"/* "$java_dir"/*/Contents/Home; do
            if java_is_25 "$java_candidate" "$java_tool"; then
                IFS=$java_ifs
                java_home=$java_candidate
                return 0
            fi
        done
    done
    IFS=$java_ifs
    java_found=$(command -v "$java_tool" 2>/dev/null) || return 1
    java_found=$(readlink -f "$java_found" 2>/dev/null) || return 1
    java_found=${java_found%/bin/"$java_tool"}
    java_is_25 "$java_found" "$java_tool" || return 1
    # shellcheck disable=SC2034
    java_home=$java_found
}

# class_path HOME: java_class_path, all jars of the installation HOME in the order of their names, whatever
# the locale: a cache fits only the order it was made with
class_path() {
    # shellcheck disable=SC2034
    java_class_path=$(
        LC_ALL=C
        java_jars=
        for java_jar in "$1"/lib/*.jar; do
            java_jars=$java_jars${java_jars:+:}$java_jar
        done
        printf '%s' "$java_jars"
    )
}

# A cache fits only a VM with the flags it was made with: the collector, the layout of objects. It holds
# no machine code, because Java 25 runs that also on a processor that lacks its instructions; and no profiles,
# because the VM compiles by them, with all its effort, just when the start needs the processor.
# shellcheck disable=SC2034
java_portable='-XX:+UnlockDiagnosticVMOptions -XX:-AOTAdapterCaching -XX:-AOTStubCaching
    -XX:-AOTRecordTraining -XX:-AOTReplayTraining'
# shellcheck disable=SC2034
cli_flags='-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData'
# The thresholds of the optimizing compiler are five times the usual ones: by those it spends half a second of
# processor time on the start, of what will hardly run again. Whatever many requests run reaches these soon.
# For the same reason the interpreter asks after 512 calls of a method whether it is worth compiling, not after 128.
# What reflection calls once is not worth code of its own either.
# shellcheck disable=SC2034
server_flags='-XX:Tier0InvokeNotifyFreqLog=9 -XX:Tier4InvocationThreshold=25000 -XX:Tier4MinInvocationThreshold=3000
    -XX:Tier4CompileThreshold=75000 -XX:Tier4BackEdgeThreshold=400000
    -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData -Xmx256m
    -Djdk.reflect.useNativeAccessorOnly=true
    -Djdk.tls.rejectClientInitiatedRenegotiation=true -Dsun.net.inetaddr.ttl=30 -Dsun.net.inetaddr.negative.ttl=2
    --enable-native-access=ALL-UNNAMED'

# use_cache FILE: java_cache, the option that names it, empty if it is not there; of another Java or other
# flags, the VM leaves it alone. Not surely of other jars: who exchanges one removes the cache
use_cache() {
    java_cache=
    [ ! -r "$1" ] || java_cache=-XX:AOTCache=$1
    # shellcheck disable=SC2034
    [ -n "$java_cache" ] || java_portable=
}

# need_java NAME HOME: find_java for the launcher NAME of the installation HOME, or exit 9
need_java() {
    find_java "$2/runtime" && return 0
    echo "$1: no Java 25 found (looked at $2/runtime, JAVA_HOME, ${JVM_DIRS:-/usr/lib/jvm, /opt, ~/.sdkman} and PATH): install one, e.g. openjdk-25-jre-headless or Temurin 25, or set JAVA_HOME" >&2
    exit 9
}
