import type { RulePack } from './rule-pack';

/**
 * Minutes instead of weeks, for demonstrations and tests. It follows no statute and says so: its articles are
 * the sections of this pack.
 */
export const fast: RulePack = {
  id: 'fast@1',
  name: { en: 'Fast (demonstration)', zh: '快速（演示）' },
  publicAtOpening: true,
  rules: {
    'notice-to-deadline': {
      id: 'notice-to-deadline',
      article: 'fast §1',
      counting: 'seconds',
      value: 60,
      sentence: {
        en: 'Bids may be submitted for at least one minute after the notice is approved.',
        zh: '自公告批准之时起，投标期限不得少于一分钟。',
      },
    },
    'fewest-bids': {
      id: 'fewest-bids',
      article: 'fast §2',
      counting: 'count',
      value: 2,
      sentence: {
        en: 'Fewer than two bids are not opened.',
        zh: '投标人少于两家的，不予开标。',
      },
    },
    'fewest-evaluators': {
      id: 'fewest-evaluators',
      article: 'fast §3',
      counting: 'count',
      value: 3,
      sentence: {
        en: 'At least three evaluators, an odd number of them, score the bids.',
        zh: '评标由三人以上单数的评委进行。',
      },
    },
    standstill: {
      id: 'standstill',
      article: 'fast §4',
      counting: 'seconds',
      value: 60,
      sentence: {
        en: 'The final award comes at least one minute after the intended award is announced.',
        zh: '中标候选人公示期不得少于一分钟，期满后方可定标。',
      },
    },
    'undecided-bid-expires': {
      id: 'undecided-bid-expires',
      article: 'fast §5',
      counting: 'seconds',
      value: 600,
      sentence: {
        en: 'A bid that no key shares open, and whose seed its bidder does not give, is excluded ten minutes after the deadline.',
        zh: '任何密钥份额均不能开启、投标人又未提供种子的投标，在截止时间十分钟后予以否决。',
      },
    },
  },
};
