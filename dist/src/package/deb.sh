#!/bin/sh
# Makes the Debian package of a finished directory that has a Java of its own.
# usage: deb.sh HOME CHECKOUT VERSION TIME DIR MAINTAINER   writes DIR/gemproxy_<version>_amd64.deb
set -eu
umask 022
home=$1 checkout=$2 version=$3 epoch=$(date -u -d "$4" +%s) out=$5 maintainer=$6
parts=$(CDPATH='' cd -- "${0%/*}" && pwd -P)
# A snapshot is older than the version it becomes.
version=$(printf '%s' "$version" | sed 's/-SNAPSHOT$/~SNAPSHOT/; s/-/~/g')

command -v dpkg-deb >/dev/null || { echo "deb.sh: dpkg-deb is missing: a Debian package is built on Debian, or with dpkg installed" >&2; exit 1; }
[ -x "$home/runtime/bin/java" ] || { echo "deb.sh: $home has no Java of its own: image.sh first" >&2; exit 1; }
case $maintainer in
    *[\|\&\\]* | *'>'?* | [!A-Za-z]*) maintainer= ;;
    *' <'*@*'>') ;;
    *) maintainer= ;;
esac
[ -n "$maintainer" ] || { echo "deb.sh: the maintainer is to be written as: Name <address>" >&2; exit 2; }

root=$out/deb
rm -rf "$root" "$out"/gemproxy_*_amd64.deb
mkdir -p "$root/DEBIAN"

put() { # put MODE FILE DIR [NAME]
    install -D -p -m "$1" "$2" "$root/$3/${4:-${2##*/}}"
}

zipped() { # zipped DIR NAME: standard input, as a man page or a changelog is compressed
    mkdir -p "$root/$1"
    gzip -9n >"$root/$1/$2.gz"
}

program() {
    mkdir -p "$root/usr/lib/gemproxy" "$root/usr/bin"
    cp -a "$home/bin" "$home/lib" "$home/runtime" "$root/usr/lib/gemproxy/"
    # What no package trained before needs lib/train.sh; the other is of install.sh.
    rm -f "$root/usr/lib/gemproxy/lib/train.sh" "$root/usr/lib/gemproxy/lib/layout.sh"
    # The others install and remove, which is dpkg's to do.
    for script in backup.sh grafana-password.sh monitor.sh; do
        put 0755 "$home/scripts/$script" usr/lib/gemproxy/scripts
    done
    put 0644 "$home/scripts/restore.sh" usr/lib/gemproxy/scripts
    put 0644 "$home/scripts/secret-files.sh" usr/lib/gemproxy/scripts
    for name in gemproxy gemproxy-cli gemini-simulator; do
        ln -s "../lib/gemproxy/bin/$name" "$root/usr/bin/$name"
    done
}

settings() {
    mkdir -p "$root/etc/gemproxy/credentials" "$root/var/lib/gemproxy" "$root/var/log/gemproxy"
    put 0644 "$parts/debian/gemproxy.default" etc/default gemproxy
    for unit in "$home"/systemd/*.service "$home"/systemd/*.socket; do
        [ ! -e "$unit" ] || put 0644 "$unit" lib/systemd/system
    done
    cli=$home/bin/gemproxy-cli
    mkdir -p "$root/usr/share/bash-completion/completions" "$root/usr/share/zsh/vendor-completions" \
        "$root/usr/share/fish/vendor_completions.d"
    sh "$cli" completion bash | sed '1{/^#!/d}' >"$root/usr/share/bash-completion/completions/gemproxy-cli"
    # It is read when it is first needed, so it must complete that first word as well.
    { echo '#compdef gemproxy-cli'; sh "$cli" completion zsh | sed '1{/^#!/d}'
        echo '_bash_complete -o default -F _complete_gemproxy-cli'; } \
        >"$root/usr/share/zsh/vendor-completions/_gemproxy-cli"
    sh "$cli" completion fish >"$root/usr/share/fish/vendor_completions.d/gemproxy-cli.fish"
}

documents() {
    doc=usr/share/doc/gemproxy
    for page in "$home"/share/man/man1/*.1 "$parts"/man/*.1; do
        zipped usr/share/man/man1 "${page##*/}" <"$page"
    done
    for page in "$checkout"/docs/*.md "$checkout/docs/openapi.yaml" "$checkout/README.md" "$checkout/CHANGELOG.md"; do
        put 0644 "$page" "$doc"
    done
    for example in "$home"/config/* "$home"/systemd/*.conf; do
        [ ! -f "$example" ] || put 0644 "$example" "$doc/examples"
    done
    cp -a "$home/monitoring" "$root/$doc/examples/"
    mv "$root/usr/lib/gemproxy/runtime/legal" "$root/$doc/legal"
    put 0644 "$home/gemproxy.cdx.json" "$doc"
    put 0644 "$parts/debian/copyright" "$doc"
    put 0644 "$parts/debian/lintian-overrides" usr/share/lintian/overrides gemproxy
    zipped "$doc" changelog <<TEXT
gemproxy ($version) unstable; urgency=medium

  * What changed is told in /usr/share/doc/gemproxy/CHANGELOG.md

 -- $maintainer  $(LC_ALL=C date -u -d "@$epoch" '+%a, %d %b %Y %H:%M:%S +0000')
TEXT
}

scripts() {
    for script in postinst prerm postrm; do
        sed -e "/^#FUNCTIONS#/{r $home/lib/service.sh
            d}
            /^#CHECK#/{r $home/lib/service-check.sh
            d}" "$parts/debian/$script" >"$root/DEBIAN/$script"
        chmod 0755 "$root/DEBIAN/$script"
    done
    echo /etc/default/gemproxy >"$root/DEBIAN/conffiles"
    size=$(du -k -s --apparent-size --exclude=DEBIAN "$root" | cut -f 1)
    sed "s/@VERSION@/$version/; s/@SIZE@/$size/; s|@MAINTAINER@|$maintainer|" "$parts/debian/control" >"$root/DEBIAN/control"
    (cd "$root" && find . -type f ! -path './DEBIAN/*' ! -path './etc/*' -printf '%P\0' | LC_ALL=C sort -z |
        xargs -0 md5sum) >"$root/DEBIAN/md5sums"
}

program
settings
documents
scripts
chmod -R u=rwX,go=rX "$root"
find "$root" -exec touch -h -d "@$epoch" {} +
SOURCE_DATE_EPOCH=$epoch dpkg-deb --root-owner-group -Zxz -z3 --build "$root" "$out/gemproxy_${version}_amd64.deb"
rm -rf "$root"
