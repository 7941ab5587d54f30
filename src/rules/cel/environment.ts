import { Environment } from '@marcbachmann/cel-js';
import { fieldTypes, SecretView, VIEW_CLASSES } from '../view.ts';
import { typeName } from '../vocabulary/vocabulary.ts';
import { registerHelpers } from './functions.ts';

let shared: Environment | undefined;

/** CEL with the vocabulary's types and the helpers; a rule clones it and adds its own variables. Made when first needed. */
export function baseEnvironment(): Environment {
  shared ??= build();
  return shared;
}

function build(): Environment {
  const environment = new Environment({ unlistedVariablesAreDyn: false });
  environment.registerType('Secret', { ctor: SecretView, fields: {} });
  environment.registerOperator('Secret == Secret', (a: SecretView, b: SecretView) => a.equals(b));
  for (const [kind, ctor] of VIEW_CLASSES) {
    const name = typeName(kind);
    environment.registerType(name, { ctor, fields: fieldTypes(kind) });
  }
  for (const kind of VIEW_CLASSES.keys()) {
    const name = typeName(kind);
    environment.registerOperator(`${name} == ${name}`, (a: unknown, b: unknown) => a === b);
  }
  registerHelpers(environment);
  return environment;
}
