// Which words of a config stand before secrets: the one list, for all vendors. `secrets.ts` walks lines by it.

/** Ends of the words for a secret, whatever stands before: `auth-password`, `DB_PASSWORD`, `hmac_secret`, `--api-token`. */
const ENDINGS =
  'passwords?|passwd|passw|passphrase|passphrs|passcode|passkey|passcrypt|secrets?\\d?|ciphertext|password[-_](?:hash|encrypted|value)|' +
  '(?:authentication|auth|secret|private|preshared|pre-shared|shared|access|api|encryption|server|signing|hmac|session|master|md5|plaintext|rad|reg|privacy|cookie)[-_]?key(?:-encrypted)?|' +
  'token|psk|cak|pswd|pre-shared-secret';

/** Words after which the rest of a statement is secret. */
export const SECRET_WORD = new RegExp(
  `^(?!no[-_]?password$)(?:[\\w.-]{0,60}(?:${ENDINGS})|` +
    '(?!(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_)\\w{0,40}_pass|auth-pass|priv-pass|key-?(?:octet-)?string|key-?value|' +
    '(?:read-?only-|read-?write-|snmp-?|\\w{0,20}_)?communit(?:y|ies)(?:[-_]?name|-map|-v6)?|[rw]comm|trap-group|credentials?|x-auth(?:-\\w{1,30})?|message-digest-key|bearer|' +
    '(?:auth-|encrypt-)?(?:md5|sha|sha1|sha224|sha256|sha384|sha512)|encrypt-(?:aes|des)|secure_link_md5|hmac_?encoded|inline_(?:string|bytes)|' +
    '(?:bind-?|priv|auth|adm|usr|o|so|l4o|l4a|slbo|slba)?pw|_pw|clagd-auth|(?:cv|ingest)auth=(?:key|token)|tls\\.key)$',
  'i',
);

/** Names of digests: secret words only because a key may follow; nothing that continues on another line. */
export const DIGEST = /^(?:md5|sha\d*)$/i;

/** Words that are secret only behind another one of their line: `stats auth`, `tacacs-server key`, `snmp-server user … auth`. */
export const AFTER: readonly (readonly [RegExp, RegExp])[] = [
  [/^stats$/i, /^auth$/i],
  [
    /^(?:tacacs|radius|tacacs-server|radius-server|ntp|isakmp|server|server-private|standby|vrrp|hsrp|glbp|host|snmp-server|authentication|unit|master|isis|bfd|psk|private)$/i,
    /^(?:key|set-key)$/i,
  ],
  [/^(?:standby|vrrp|hsrp|glbp|nhrp|isis|rip)$/i, /^authentication$/i],
  [/^(?:snmp-server|user|localized)$/i, /^(?:auth|priv)$/i],
  [/^snmp-server$/i, /^(?:1|2c|traps|informs)$/i],
  [/^authorization$/i, /^(?:basic|bearer)$/i],
  [/^(?:.{0,40}header|.{0,20}hdr|insert|hdr)$/i, /^(?:proxy-)?authorization$/i],
  [/^send(?:-lf)?$/i, /^auth$/i],
  [/redis-cli$/i, /^-?a$/],
  [/sshpass$|\.(?:sh|py|pl|rb)$/i, /^-?p$/],
  [/\/snmpv3\/comm$/i, /^name$/i],
];

/** Words behind which a name stands, whatever it sounds like: `backend api-token`. */
export const NAMES =
  /^(?:backend|frontend|listen|default_backend|use_backend|use-server|acl|userlist|upstream|pool|default-pool|virtual|vserver|service|servicegroup|service-group|server-group|virtual-server|node|monitor|interface|vlan|vrf|hostname|name|group|instance|vrrp_instance|vrrp_script|profile|policy|route-map|class|track|server|chain|key-chain|cluster|ssh|certkey)$/i;

/** A statement that is nothing but a key or an authentication word: `key 7 070C…`, `key "…"`, `authentication text …`. */
export const WHOLE =
  /^[\s#!;]{0,200}(?:key\s{1,20}(?:\S{1,80}\s{1,20})?(?:0|6|7|8a?|ciphertext|plaintext|ascii-text)\s|key\s{1,20}(?!chain\b|\d{1,5}\b|[/.]|rsa\b|ecdsa\b|["']?[^\s"']{1,200}\.(?:key|pem))["']?[^\s"';{]{1,500}["']?\s{0,20};?\s{0,20}$|authentication\s{1,20}[^\s{;]{1,500}\s{0,20}$|pass\s{1,20}")|\bauthentication\s{1,20}(?:text|md5|simple-text|key|mode\s{1,20}hmac[\w-]{0,20})\s/;

/** Words between a secret's keyword and the secret itself. */
export const BETWEEN =
  /^(?:\d{1,2}|8a|encrypted|plain-text|plaintext|cipher|text|simple-text|md5|sha|sha-?\d+|aes|des|3des|level|ascii|ascii-text|hexadecimal|key-?string|key|key-?chain|chain|clear|clear-?text|localized|none|type|auth|priv|ro|rw|traps|informs|version|2c|value|ciphertext|auth-pass|priv-pass|-m|str|basic|bearer|!vault|[|>][-+\d]?|-|[=:!]{1,2})$/i;

/** Tables whose every key and value is secret but these words (SONiC's configuration database). */
export const SECRET_TABLE = /^(?:NTP_KEY|SNMP_COMMUNITY)$/;
export const TABLE_WORD = /^(?:type|trusted|yes|no|ro|rw|md5|sha\d*|\d{1,5})$/i;

/** `key: x-api-key` or `name: DB_PASSWORD`, whose secret is the `value` of the next line. */
export const NAMED =
  /^[\s#!-]{0,200}["']?(?:key|name|header)["']?\s{0,20}[:=]\s{0,20}["']?((?:proxy-)?authorization|[\w.-]{1,80})["']?,?\s{0,20}$/i;

/** A line that may leave a secret to more than the next one: the head of a key's block, of a text or of a list below its keyword. */
export const REACHES_FAR =
  /-----BEGIN |\$ANSIBLE_VAULT|NTP_KEY|SNMP_COMMUNITY|\/snmpv3\/comm|(?:pass|secret|key|token|psk|cak|comm|cred|inline|cipher|hmac|bearer|pw|sha|md5|auth)[^:=[{|>]{0,40}[:=[][^:=]{0,20}$/i;

/** `$6$salt$hash`, `$9$…`, `$M$…`, `{SHA}…`, a user's name before it or not; tokens that tell by their first letters. */
const LOOKS_SECRET =
  /^(?:(?:[^\s:]{1,64}:){0,2}(?:\$(?:\d{1,2}|M|apr1|2[aby]|y|argon2\w{0,10}|sha\d+|S)\$\S+|\{S?SHA\d*\}\S+)|[^\s:]{1,64}:[^\s:]{0,64}:[0-9a-f]{32}|0x(?=\d*[a-f])[0-9a-f]{16,}|gh[opsur]_\w{20,}|glpat-[\w-]{16,}|xox[abp]-[\w-]{10,}|AKIA[A-Z0-9]{16}|hvs\.[\w-]{20,}|eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*|\d{40,})$/;
/** Long keys and digests, in base64 or hexadecimal; what begins with `/` is a path unless it ends as base64 does. */
const LONG_KEY = /^(?!\/(?!\S*=$))(?=\D*\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9+/]{40,}={0,2}$/;
/** `password=…`, `--token=…` within one word. */
export const INLINE =
  /^[$\w.-]{0,60}(?:passwords?|passwd|passphrase|secret|token|(?:api|private|preshared|pre-shared|shared|secret|access)[-_]?key|(?<![a-z])pass|pwd)["']?[=:]["']?(?=\S)/i;

/** Stretches that are secret wherever they stand in a line, the first group of each; the first of a pair tells at once where there is none. */
export const STRETCHES: readonly (readonly [RegExp, RegExp])[] = [
  // A user's password, or a long token, in an address.
  [/:\/\//, /:\/\/[^\s/:@]{0,64}:([^\s/]{1,128})@/dg],
  [/:\/\//, /:\/\/([^\s/:@.]{16,128})@/dg],
  // A login without the address's scheme.
  [/@/, /(?<![\w:/@.-])[\w.-]{1,64}:([^\s/@:]{1,128})@(?=[\w[])/dg],
  // `?token=…` of an address.
  [/[?&]/, /[?&][\w.-]{0,40}(?:password|passwd|pwd|token|secret|key|signature|sig)=([^&\s"'\\]{1,4000})/dgi],
  // `curl -u joe:…`.
  [/-u/, /\s(?:-u|--user)[\s=]["']?[^\s:"'/]{1,64}:([^\s"']{1,128})/dg],
  // `--pass …`, openssl's `-passin pass:…`.
  [/-pass/, /\s--?pass(?:in|out)?[\s=]["']?([^\s"']{1,128})/dg],
  // `mysqladmin -p…`; a port is no password.
  [/mysql/, /\bmysql\w{0,12}(?:\s{1,4}-[^p\s]\S{0,64}|\s{1,4}[^-\s]\S{0,64}){0,8}\s{1,4}-p(?!\d{1,5}\b)([^\s"']{1,128})/dg],
  // Credentials of a header's value: base64 and tokens have a digit, an inner capital or an equals sign.
  [/Basic|Bearer/, /["']\s{0,4}(?:Basic|Bearer)\\?\s{1,4}(?=[^\s"']{0,200}(?:\d|[a-z][A-Z]|=))([^\s"'\\]{4,4000})/dg],
  [/SHA/, /\{S?SHA\d{0,3}\}([^\s"',]{4,200})/dg],
  // Users of an appliance, whose password has no keyword.
  [/system/i, /\b(?:add|set)\s{1,20}system\s{1,20}user\s{1,20}[^\s-]\S{0,128}\s{1,20}(?!-)("[^"]{0,200}"|\S{1,200})/dgi],
  // A trap's receiver with the community right behind it.
  [
    /snmp-server/i,
    /snmp-server\s{1,20}host\s{1,20}\S{1,128}\s{1,20}(?!(?:traps?|informs?|version|vrf|use-vrf|source-interface|udp-port|filter-vrf)\b)(\S{1,200})/dgi,
  ],
  // `Authorization: Basic …`, anywhere in a line that speaks of authorization.
  [/authorization/i, /\b(?:basic|bearer)\\?\s([^\s"']{1,4000})/dgi],
];

/** Whether a word tells by its looks that it is a secret. */
export function looksSecret(word: string): boolean {
  return LOOKS_SECRET.test(word) || LONG_KEY.test(word);
}
