/**
 * The path of the object that an AS3 pointer leads to from an object (`/Tenant/Application/name`): `pool`
 * stands beside it, `/@/Shared/pool` in its tenant; every `@` is the name at that place of the object's
 * own path. Undefined for pointers to values (relative JSON pointers, `@/…`).
 * https://clouddocs.f5.com/products/extensions/f5-appsvcs-extension/latest/refguide/declaration-purpose-function.html
 */
export function targetOf(from: string, pointer: string): string | undefined {
  if (/^(?:\d|@)/.test(pointer)) return undefined;
  const own = from.split('/');
  const path = pointer.startsWith('/') ? pointer : `/@/@/${pointer}`;
  const parts = path.split('/').map((part, i) => (part === '@' ? own[i] : part));
  return parts.includes(undefined) ? undefined : parts.join('/');
}
