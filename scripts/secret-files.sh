# shellcheck shell=bash
# Which files with secrets a configuration names. backup.sh sources this file: secret_files.
# shellcheck disable=SC2154 # config, stage, audit and chain_key are backup.sh's

# shellcheck disable=SC2016 # the two characters themselves
referred() { # referred TEXT: with its ${NAME} and ${NAME:default} replaced, as the server does
    local rest=$1 inside name text=''
    while [[ $rest == *'${'*'}'* ]]; do
        text+=${rest%%'${'*} rest=${rest#*'${'}
        inside=${rest%%'}'*} rest=${rest#*'}'}
        name=${inside%%:*}
        [[ $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || break
        if [ -n "${!name:-}" ] || [ "$name" = "$inside" ]; then text+=${!name:-}; else text+=${inside#*:}; fi
    done
    printf '%s' "$text$rest"
}

written_names() { # written_names FILE: lines "LINE KEY TEXT", of what it calls a file or a path
    local plain="(\\$\{[^}]*\}|[^],}[:space:]\"']|[[:space:]]+[^],}#[:space:]])"
    sed -E 's/(^|[[:space:]])#.*//' "$1" 2>/dev/null |
        grep -noE "[a-z_]*(file|path)[\"']?:[[:space:]]*(\"[^\"]*\"|'[^']*'|$plain+)" |
        sed -E "s/^([0-9]+):/\1 /; s/[\"']?:[[:space:]]*/ /; s/^([0-9]+ [a-z_]+) ([\"'])(.*)\2\$/\1 \3/"
}

secret_files() { # what holds secrets and is named in the configuration, or in the environment instead
    local key path
    files_named_in "$config"
    files_named_in "$(absolute "$(setting gemini.api_keys_file)")"
    for key in $(compgen -e | grep -E '^(GEMPROXY_[A-Z0-9_]+|JWT_SECRET|ADMIN_PASSWORD)_FILE$'); do
        [ -n "${!key}" ] || continue
        path=$(absolute "${!key}")
        printf '%s\n' "$path"
        [ -f "$path" ] || [ "$path" = "$chain_key" ] || say_missing "the variable $key"
    done
}

files_named_in() { # files_named_in FILE: of settings, each path in a line
    local line key text path
    while read -r line key text; do
        path=$(absolute "$(referred "$text")")
        printf '%s\n' "$path"
        case $key in
            chain_key_file) # which the server makes with the log
                [ -f "$path" ] || [ ! -e "$audit" ] || say_missing "$key in $1:$line"
                ;;
            *_file) [ -f "$path" ] || say_missing "$key in $1:$line" ;;
        esac
    done < <(written_names "$1")
}

say_missing() { # say_missing SETTING: never its value, which may be the secret itself by mistake
    say "backup: NOT in the archive: what $1 names, where no file is." \
        "It wants the path of one, in the same line, and not the secret itself"
    : >"$stage/missing"
}
