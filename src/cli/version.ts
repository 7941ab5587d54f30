import about from '../../package.json' with { type: 'json' };

/** halint's version, as package.json has it. */
export const VERSION: string = about.version;
