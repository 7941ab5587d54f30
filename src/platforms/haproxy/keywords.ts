const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** First words of lines in a proxy that are used for facts. */
export const READ = words(
  'server server-template default-server bind mode balance option no default timeout default_backend use_backend stick-table stick cookie retries retry-on http-check tcp-check disabled enabled http-request tcp-request redirect stats monitor-uri contimeout clitimeout srvtimeout redispatch redisp load-server-state-from-file use-server email-alert appsession',
);

/** First words of lines in a proxy that are known and of no concern, of HAProxy 1.4 to 3.x. */
export const IGNORED = words(
  `acl backlog bind-process capture clitcpka-cnt clitcpka-idle clitcpka-intvl compression declare description dispatch errorfile errorfiles errorloc errorloc302 errorloc303 error-log-format force-persist filter fullconn guid hash-balance-factor hash-preserve-affinity hash-type http-after-response http-client http-error http-response http-reuse http-send-name-header id ignore-persist log log-format log-format-sd log-steps log-tag max-keep-alive-queue max-session-srv-conns maxconn monitor persist quic-initial rate-limit server-state-file-name source srvtcpka-cnt srvtcpka-idle srvtcpka-intvl tcp-response transparent unique-id-format unique-id-header use-fcgi-app external-check grace
  reqadd reqallow reqdel reqdeny reqiallow reqidel reqideny reqipass reqirep reqitarpit reqpass reqrep reqtarpit rspadd rspdel rspdeny rspidel rspideny rspirep rsprep block httpchk cliexp srvexp capture`,
);

/** Words that may stand behind `option`. */
export const OPTIONS = words(
  'abortonclose accept-invalid-http-request accept-invalid-http-response accept-unsafe-violations-in-http-request accept-unsafe-violations-in-http-response allbackups checkcache clitcpka contstats disable-h2-upgrade dontlog-normal dontlognull external-check forceclose forwarded forwardfor h1-case-adjust-bogus-client h1-case-adjust-bogus-server http-buffer-request http-drop-request-trailers http-drop-response-trailers http-ignore-probes http-keep-alive http-no-delay http-pretend-keepalive http-proxy http-restrict-req-hdr-names http-server-close http-tunnel http-use-htx http-use-proxy-header http_proxy httpchk httpclose httplog httpslog idle-close-on-response independant-streams independent-streams ldap-check log-health-checks log-separate-errors logasap mysql-check nolinger originalto persist pgsql-check prefer-last-server redis-check redispatch smtpchk socket-stats splice-auto splice-request splice-response spop-check srvtcpka ssl-hello-chk tcp-check tcp-smart-accept tcp-smart-connect tcpka tcplog transparent use-small-buffers assume-rfc6587-ntf dont-parse-log',
);

/** Settings of a server line, to tell a misspelt one. */
export const SERVER_PARAMS = words(
  'addr agent-addr agent-check agent-inter agent-port agent-send allow-0rtt alpn backup ca-file check check-alpn check-proto check-reuse-pool check-pool-conn-name check-send-proxy check-sni check-ssl check-via-socks4 ciphers ciphersuites client-sigalgs cookie crl-file crt curves disabled downinter enabled error-limit fall fastinter force-sslv3 force-tlsv10 force-tlsv11 force-tlsv12 force-tlsv13 guid hash-key id idle-ping init-addr init-state inter log-bufsize log-proto max-reuse maxconn maxqueue minconn namespace no-agent-check no-backup no-check no-check-ssl no-send-proxy no-send-proxy-v2 no-send-proxy-v2-ssl no-send-proxy-v2-ssl-cn no-ssl no-ssl-reuse no-sslv3 no-tfo no-tls-tickets no-tlsv10 no-tlsv11 no-tlsv12 no-tlsv13 no-verifyhost non-stick npn observe on-error on-marked-down on-marked-up pool-conn-name pool-low-conn pool-max-conn pool-purge-delay port proto proxy-v2-options redir renegotiate resolve-net resolve-opts resolve-prefer resolvers rise send-proxy send-proxy-v2 send-proxy-v2-ssl send-proxy-v2-ssl-cn set-proxy-v2-tlv-fmt shard sigalgs slowstart sni sni-auto check-sni-auto socks4 source ssl ssl-max-ver ssl-min-ver ssl-reuse stick strict-maxconn tcp-md5sig tcp-ut tfo tls-tickets track usesrc verify verifyhost weight ws',
);

/** Words that may stand behind `mode`, those that only old or new versions know too. */
export const MODES = words('tcp http health log spop haterm');

/** Words that may stand behind `balance`. */
export const ALGORITHMS = words('roundrobin static-rr leastconn first source uri url_param rdp-cookie random hash log-hash sticky hdr');
