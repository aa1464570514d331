import { STORIES_EN } from './stories-en';
import { STORIES_ZH } from './stories-zh';
import type { Story } from './story';

/** All tenders of the demonstration. */
export const STORIES: readonly Story[] = [...STORIES_EN, ...STORIES_ZH];
