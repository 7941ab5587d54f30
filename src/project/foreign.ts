/**
 * What the configs of systems that halint does not read begin with: what the system itself writes there, never words
 * that a person may have written.
 */
const SIGNS: readonly (readonly [title: string, sign: RegExp])[] = [
  ['FortiOS', /^#config-version=[A-Z0-9]{3,20}-\d/m],
  ['Cisco ASA', /^ASA Version \d{1,2}\.\d{1,2}\(\S{1,12} ?(?:<\w{1,12}>)?\s?$/m],
  ['Cisco IOS XR', /^!! IOS XR Configuration/m],
  ['PAN-OS', /^(?:<\?xml [^>\n]{0,80}\?>\s{0,10})?<config version="\d+\.\d+\.\d+"[^>\n]{0,80} urldb=|^set deviceconfig system /m],
  ['MikroTik RouterOS', /^# [^\n]{0,60} by RouterOS \d/m],
  ['Huawei VRP', /^!Software Version V\d{3}R\d{3}/m],
  ['HPE Comware', /^ version \d\.\d\.\d{2,3}, (?:Release|Feature|ESS|Demo) \S/m],
  ['ExtremeXOS', /^# Module devmgr configuration\.$/m],
  ['Nokia SR OS', /^# TiMOS-[BC]-\d/m],
  ['ArubaOS-Switch', /^; \S{4,12} Configuration Editor; Created on release #/m],
  ['Check Point Gaia', /^# Configuration of [^\n]{1,80}\n# Language version: \d/m],
  ['Ruckus FastIron', /^ver \d{2}\.\d\.\d{2}[a-z]{0,2}T\w{3,4}\s?$/m],
  ['pfSense', /^(?:<\?xml [^>\n]{0,40}\?>\s{0,10})?<pfsense>/],
  ['OPNsense', /^(?:<\?xml [^>\n]{0,40}\?>\s{0,10})?<opnsense>/],
];

/** As far into a file as its system tells what it is. */
const LOOKED_AT = 4096;

/** The system whose config a text is, where halint knows its signs but not its language. */
export function foreignTitle(text: string): string | undefined {
  const head = text.slice(0, LOOKED_AT);
  return SIGNS.find(([, sign]) => sign.test(head))?.[0];
}
