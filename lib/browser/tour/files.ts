/** The files of the worked example in public/spec, by the names under which they are saved. */
export const EXAMPLE_FILES = {
  original: 'example-award-notice.txt',
  twin: 'example-award-notice-altered.txt',
  evidence: 'example.evidence.json',
  saltedEntry: 'example.salted-entry.bin',
  registry: 'example.registry.json',
} as const;

/** Where a file of the example is served. */
export const fileAddress = (name: keyof typeof EXAMPLE_FILES): string => `/spec/${EXAMPLE_FILES[name]}`;
