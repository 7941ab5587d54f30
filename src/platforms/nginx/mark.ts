import { ignoreAll } from '../../syntax/handlers.ts';
import type { Statement } from '../../syntax/statement.ts';

const READ =
  /^(?:include|listen|server_name|server|zone|state|health_check|check|check_http_expect_alive|ip_hash|hash|sticky|session_sticky|worker_processes|set|return|root|alias|try_files|rewrite|ssl|proxy_timeout|(?:proxy|grpc|fastcgi|uwsgi|scgi|memcached)_(?:pass|next_upstream|next_upstream_tries|next_upstream_timeout|connect_timeout|read_timeout))$/;

/** Directives of the modules that ship with nginx and of common third-party ones, by how they begin. */
const KNOWN =
  /^(?:absolute_redirect|accept_mutex|access_|add_|aio|allow|ancient_|api|app_protect|auth_|autoindex|brotli|charset|check_|chunked_|client_|connection_|create_|daemon|dav_|debug_|default_|deny|directio|disable_|empty_gif|env|error_|etag|events|expires|f4f|fastcgi_|flv|geo|google_|grpc_|gunzip|gzip|hls|http2|http3|if_modified_since|ignore_|image_|index|internal|js_|jwt_|keepalive|keyval|large_|least_|limit_|lingering_|load_module|location|lock_file|log_|lua_|master_process|max_|mem|merge_slashes|min_|mirror|modern_|modsecurity|more_|mp4|msie_|multi_accept|ntlm|open_|opentelemetry|otel_|output_|override_|pagespeed|passenger_|pcre_jit|perl|pid|port_in_redirect|postpone_|preread_|proxy_|queue|quic_|random|read_ahead|real_ip|recursive_|referer_|request_|reset_|resolver|satisfy|scgi_|secure_|send|server_|session_|set_|slice|slow_|source_charset|split_|spdy_|ssi|ssl_|status|stub_status|sub_|subrequest_|tcp_|thread_pool|timeout|timer_|types|underscores_|uninitialized_|upstream_|use|user|userid|uwsgi_|valid_|variables_|vhost_|wasm|worker_|xclient|xml_|xslt_|zone_sync|.{1,40}_by_lua)/;

const BLOCKS = new Set(['http', 'stream', 'server', 'location', 'upstream', 'if', 'limit_except']);

/** Marks what is read, what is known, and leaves the rest unmarked. */
export function mark(statements: readonly Statement[]): void {
  for (const s of statements) {
    const word = s.words[0] ?? '';
    if (BLOCKS.has(word) && s.children.length > 0) {
      s.use = 'read';
      mark(s.children);
    } else if (word === 'map' || word === 'geo' || word === 'split_clients' || word === 'match') {
      s.use = 'read';
      for (const line of s.children) line.use = 'read';
    } else if (READ.test(word) || BLOCKS.has(word)) {
      s.use = 'read';
    } else if (KNOWN.test(word)) {
      ignoreAll(s);
    }
  }
}
