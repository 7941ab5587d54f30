/** The vendor's pages that document defaults and meanings. */
export const PAGES = {
  virtualRouter: 'https://www.manualsdir.com/manuals/193143/nortel-networks-alteon-os-bmd00007.html?page=300',
  tracking: 'https://www.manualsdir.com/manuals/193143/nortel-networks-alteon-os-bmd00007.html?page=306',
  healthCheck: 'https://www.easymanua.ls/radware/alteon/manual?p=502',
  reference: 'https://tsc.openbase.co.kr/helpdesk/attachments/72072415513',
} as const;
