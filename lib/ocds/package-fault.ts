import { jsonPath } from './json';

/** Why a file is no OCDS package that a tender can start from; each says what to do. */
export const PACKAGE_FAULTS = {
  'too-large': {
    en: 'The file is larger than 20 MB. Export the one release that you need.',
    zh: '文件超过 20 MB，请只导出需要的那一条发布（release）。',
  },
  'not-json': {
    en: 'The file is not JSON, or was cut off. Download it again from where it was published.',
    zh: '文件不是 JSON，或者不完整。请从发布处重新下载。',
  },
  'too-deep': {
    en: 'The file is nested deeper than any OCDS document. Check that it is the right file.',
    zh: '文件嵌套层数超过任何 OCDS 文件，请确认选对了文件。',
  },
  version: {
    en: 'This is not OCDS version 1. Ask the publisher for a version 1.1 package.',
    zh: '不是 OCDS 第 1 版。请向发布方索取 1.1 版的数据包。',
  },
  missing: {
    en: 'Something that OCDS requires is missing here. Check that the file is an OCDS release package.',
    zh: '此处缺少 OCDS 要求的内容，请确认文件是 OCDS 发布包（release package）。',
  },
  empty: {
    en: 'There is nothing in this list. Choose a package that contains a release.',
    zh: '此列表为空，请选择含有发布（release）的数据包。',
  },
  linked: {
    en: 'This record only links to its releases. Download one of them and use that file.',
    zh: '此记录只有发布的链接。请下载其中一条发布再使用。',
  },
  'not-an-object': {
    en: 'An object with named values is expected here. The file does not follow the OCDS schema.',
    zh: '此处应为对象（带名称的值），文件不符合 OCDS 规范。',
  },
  'not-a-list': {
    en: 'A list is expected here. The file does not follow the OCDS schema.',
    zh: '此处应为列表，文件不符合 OCDS 规范。',
  },
  'not-a-text': {
    en: 'A text is expected here. The file does not follow the OCDS schema.',
    zh: '此处应为文字，文件不符合 OCDS 规范。',
  },
} as const;
export type PackageFault = keyof typeof PACKAGE_FAULTS;

export type Step = string | number;

/** Thrown inside the reader only; `readPackage` answers it. */
export class OcdsFault extends Error {
  readonly code: PackageFault;
  readonly path: string;

  constructor(steps: readonly Step[], code: PackageFault) {
    super(`${code} at ${jsonPath(steps)}`);
    this.name = 'OcdsFault';
    this.code = code;
    this.path = jsonPath(steps);
  }
}
