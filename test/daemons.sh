#!/usr/bin/env bash
# Lets keepalived, HAProxy and nginx check their own configs. Runs in network and mount namespaces of its own:
#   unshare --net --mount bash daemons.sh HOSTS CERTIFICATES < LIST
# LIST has lines `DAEMON <tab> FILE`; prints `DAEMON <tab> EXIT CODE <tab> FILE <tab> WHAT IT SAID`.
# HOSTS takes the place of /etc/hosts, so that names in configs resolve; CERTIFICATES, a folder, that of /etc/ssl/private;
# interfaces that a config names are made.
mount --bind "$1" /etc/hosts
mount --bind "$2" /etc/ssl/private
sysctl -qw net.ipv4.ip_nonlocal_bind=1 net.ipv6.ip_nonlocal_bind=1 2>/dev/null
made=0
# Debian ships the stream module apart.
stream=/usr/lib/nginx/modules/ngx_stream_module.so
modules=
[ ! -e "$stream" ] || modules="load_module $stream;"

while IFS=$'\t' read -r daemon file; do
  case $daemon in
    keepalived)
      # It refuses interfaces that are not there, one kind after the other.
      for _ in 1 2 3 4 5 6; do
        said=$(keepalived --config-test --use-file="$file" 2>&1)
        code=$?
        missing=$(grep -oP 'interface \K\S+(?= .*doesn.t exist)' <<<"$said" | sort -u)
        [ -n "$missing" ] || break
        for name in $missing; do
          made=$((made + 1))
          ip link add "$name" type veth peer name "halint$made" 2>/dev/null
        done
      done
      ;;
    haproxy)
      said=$(haproxy -c -f "$file" 2>&1)
      code=$?
      ;;
    nginx)
      prefix=$(mktemp -d)
      said=$(nginx -t -q -p "$prefix" -c "$file" -g "$modules" 2>&1)
      code=$?
      rm -r "$prefix"
      ;;
  esac
  printf '%s\t%s\t%s\t%s\n' "$daemon" "$code" "$file" "$(tr '\n\t' '  ' <<<"$said")"
done
