import type { Node } from './expression.ts';

/** A type as cel-js's checker leaves it on a node. */
interface CheckedType {
  readonly name: string;
  readonly kind: string;
}

type CheckedNode = Node & { readonly checkedType?: CheckedType };

/** The functions of the runtime that emitted code calls, by the operator they stand for. */
const BINARY: Readonly<Record<string, string>> = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' };
const INT: Readonly<Record<string, string>> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '%': 'mod' };
const TEXT: Readonly<Record<string, string>> = { contains: 'contains', startsWith: 'startsWith', endsWith: 'endsWith' };
const LOOPS: Readonly<Record<string, string>> = { exists: 'exists', all: 'all', exists_one: 'existsOne', filter: 'filter', map: 'map' };

/** What is met while emitting that this compiler does not know; the interpreter takes the rule then. */
class NotEmitted extends Error {}

/**
 * JavaScript for a type-checked CEL expression: an arrow function from the variables `v` to the value, undefined
 * for "unknown". It calls the functions of `runtime.ts` as `r.name`. Undefined where the expression uses what is
 * not known here. CEL's own rules hold: `&&`, `||`, `exists` and `all` answer in spite of an unknown part where
 * the other parts decide (https://github.com/google/cel-spec/blob/master/doc/langdef.md, "Logical Operators").
 */
export function emitExpression(tree: Node): string | undefined {
  try {
    return arrow('v', tree, new Set());
  } catch (error) {
    if (error instanceof NotEmitted) return undefined;
    throw error;
  }
}

/** A function with one parameter whose body is a node's value; `locals` are the loop variables around it. */
function arrow(parameter: string, node: Node, locals: ReadonlySet<string>): string {
  const scope = new Scope(locals);
  const body = scope.emit(node);
  return scope.temporaries === 0
    ? `${parameter}=>${body.startsWith('{') ? `(${body})` : body}`
    : `${parameter}=>{let ${Array.from({ length: scope.temporaries }, (_, i) => `t${i}`)};return ${body}}`;
}

/** One function's worth of code: its loop variables, and the temporaries that it needs. */
class Scope {
  temporaries = 0;
  readonly #locals: ReadonlySet<string>;

  constructor(locals: ReadonlySet<string>) {
    this.#locals = locals;
  }

  emit(node: Node): string {
    switch (node.op) {
      case 'value':
        return literal(node.args);
      case 'id':
        return this.#locals.has(String(node.args)) ? local(String(node.args)) : `v.${identifier(String(node.args))}`;
      case 'list':
        return `r.list([${(node.args as readonly Node[]).map((item) => this.emit(item))}])`;
      case '.':
        return this.#field(node);
      case '[]':
        return this.#item(node.args as readonly [Node, Node]);
      case '!_':
        return `r.not(${this.emit(node.args as Node)})`;
      case '&&':
        return this.#logical(node.args as readonly [Node, Node], 'false', 'true');
      case '||':
        return this.#logical(node.args as readonly [Node, Node], 'true', 'false');
      case '?:':
        return this.#choice(node.args as readonly [Node, Node, Node]);
      case 'call':
        return this.#call(...(node.args as readonly [string, readonly Node[]]));
      case 'rcall':
        return this.#method(...(node.args as readonly [string, Node, readonly Node[]]));
      default:
        return this.#binary(node.op, node.args as readonly [Node, Node]);
    }
  }

  #temporary(): string {
    return `t${this.temporaries++}`;
  }

  /** Facts of the model are read through accessors that give undefined for what is unknown. */
  #field(node: Node): string {
    const [owner, field] = node.args as readonly [Node, string];
    if (typeOf(owner).kind === 'map') throw new NotEmitted('field of a map');
    return `${this.emit(owner)}?.${isView(owner) ? `$${identifier(field)}` : identifier(field)}`;
  }

  #item([owner, key]: readonly [Node, Node]): string {
    const name = { list: 'item', map: 'entry' }[typeOf(owner).kind];
    if (!name) throw new NotEmitted(`[] of ${typeOf(owner).name}`);
    return `r.${name}(${this.emit(owner)},${this.emit(key)})`;
  }

  /** `&&` and `||`: one deciding value is enough, whatever is unknown about the other. */
  #logical([left, right]: readonly [Node, Node], deciding: string, other: string): string {
    const [a, b] = [this.#temporary(), this.#temporary()];
    const rest = `(${b}=${this.emit(right)})===${deciding}?${deciding}:${a}===${other}&&${b}===${other}?${other}:undefined`;
    return `((${a}=${this.emit(left)})===${deciding}?${deciding}:${rest})`;
  }

  #choice([condition, yes, no]: readonly [Node, Node, Node]): string {
    const test = this.#temporary();
    return `((${test}=${this.emit(condition)})===true?${this.emit(yes)}:${test}===false?${this.emit(no)}:undefined)`;
  }

  #binary(op: string, [left, right]: readonly [Node, Node]): string {
    const [a, b] = [typeOf(left), typeOf(right)];
    const both = `${this.emit(left)},${this.emit(right)}`;
    if (op === '==') return `r.${equality(a, b)}(${both})`;
    if (op === '!=') return `r.not(r.${equality(a, b)}(${both}))`;
    if (op === 'in' && (b.kind === 'list' || b.kind === 'map')) return `r.${b.kind === 'list' ? 'among' : 'keyOf'}(${both})`;
    if (BINARY[op] && a.name === b.name && (a.name === 'int' || a.name === 'string')) return `r.${BINARY[op]}(${both})`;
    if (INT[op] && a.name === 'int' && b.name === 'int') return `r.${INT[op]}(${both})`;
    if (op === '+' && a.name === 'string' && b.name === 'string') return `r.add(${both})`;
    if (op === '+' && a.kind === 'list' && b.kind === 'list') return `r.concat(${both})`;
    throw new NotEmitted(`${a.name} ${op} ${b.name}`);
  }

  #call(name: string, args: readonly Node[]): string {
    const [first] = args;
    if ((name === 'has' || name === 'stated') && first?.op === '.') {
      const [owner, field] = first.args as readonly [Node, string];
      return `r.${name}(${this.#owner(owner)},${JSON.stringify(field)})`;
    }
    if (name === 'size' && first && typeOf(first).kind === 'list') return `r.size(${this.emit(first)})`;
    if ((name === 'string' || name === 'int') && first) return `r.${name}(${this.emit(first)})`;
    return `r.call(${JSON.stringify(name)},[${args.map((arg) => this.emit(arg))}])`;
  }

  /** What `has` and `stated` ask about; the checker leaves the way to it without types. */
  #owner(node: CheckedNode): string {
    if (node.op !== '.' || node.checkedType) return this.emit(node);
    const [owner, field] = node.args as readonly [Node, string];
    return `r.get(${this.#owner(owner)},${JSON.stringify(field)})`;
  }

  #method(name: string, receiver: Node, args: readonly Node[]): string {
    const [first, second] = args;
    const loop = LOOPS[name];
    if (loop && first?.op === 'id' && second && args.length === 2 && typeOf(receiver).kind === 'list') {
      const variable = String(first.args);
      const body = arrow(local(variable), second, new Set([...this.#locals, variable]));
      return `r.${loop}(${this.emit(receiver)},${body})`;
    }
    if (name === 'size' && args.length === 0 && typeOf(receiver).kind === 'list') return `r.size(${this.emit(receiver)})`;
    if (TEXT[name] && first && typeOf(receiver).name === 'string') return `r.${TEXT[name]}(${this.emit(receiver)},${this.emit(first)})`;
    throw new NotEmitted(name);
  }
}

/** A loop variable's name in the code; apart from the temporaries and from JavaScript's own words. */
function local(name: string): string {
  return `${identifier(name)}_`;
}

function identifier(name: string): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new NotEmitted(name);
  return name;
}

function literal(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  throw new NotEmitted(String(value));
}

function typeOf(node: CheckedNode): CheckedType {
  if (!node.checkedType) throw new NotEmitted('a node without a type');
  return node.checkedType;
}

/** Entities of the vocabulary are named in upper case, as CEL's message types are. */
function isView(node: CheckedNode): boolean {
  return /^[A-Z]/.test(typeOf(node).name);
}

function equality(a: CheckedType, b: CheckedType): string {
  if (a.kind === 'dyn' || b.kind === 'dyn') return 'equalDyn';
  if (a.name === 'Secret') return 'equalSecret';
  if (a.kind === 'list') return /^list<(string|int|bool)>$/.test(a.name) ? 'equalList' : fail(a.name);
  return a.kind === 'map' ? fail(a.name) : 'equal';
}

function fail(what: string): never {
  throw new NotEmitted(what);
}
