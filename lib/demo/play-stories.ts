import { item, ofLot, type Story } from './story';

/** A tender for one contract; or one with lots and two envelopes. */
export const KINDS = ['plain', 'divided'] as const;
export type Kind = (typeof KINDS)[number];

const PLAIN: Record<'en' | 'zh', Story> = {
  en: {
    language: 'en',
    ending: 'implementation',
    publishedDaysAgo: 0,
    biddingDays: 0,
    title: 'Bicycle stands for the central station',
    description:
      'Delivery and installation of covered bicycle stands with two levels, lighting and six stands for cargo bicycles.',
    category: 'goods',
    value: '96000.00',
    currency: 'EUR',
    budget: 'Mobility plan, line 4.3 Parking',
    items: [
      { id: '1', description: 'Covered bicycle stand, two levels, 20 places', quantity: '12', unit: 'piece' },
      { id: '2', description: 'Stand for cargo bicycles', quantity: '6', unit: 'piece' },
    ],
    quality: [
      {
        id: 'design',
        title: 'Design',
        description: 'Ease of use, lighting, how it looks in the square.',
        weight: 25,
      },
      { id: 'durability', title: 'Durability', description: 'Materials, warranty, repair.', weight: 15 },
    ],
    bids: [
      ['5600.00', '1150.00'],
      ['5850.00', '990.00'],
      ['5490.00', '1240.00'],
    ],
    reasons: 'The bid ranked first: best sum of points for price, design and durability.',
  },
  zh: {
    language: 'zh',
    ending: 'implementation',
    publishedDaysAgo: 0,
    biddingDays: 0,
    title: '图书馆自习座位及储物柜采购',
    description: '为市图书馆采购自习座位与储物柜，包含运输、安装及三年质保。',
    category: 'goods',
    value: '480000.00',
    currency: 'CNY',
    budget: '市级财政资金，公共文化服务',
    items: [
      { id: '1', description: '自习座位（含电源与台灯）', quantity: '200', unit: '套' },
      { id: '2', description: '储物柜，12 门', quantity: '20', unit: '组' },
    ],
    quality: [
      { id: 'design', title: '设计', description: '舒适度、照明与整体协调性。', weight: 25 },
      { id: 'durability', title: '耐用性', description: '材料、质保与维修。', weight: 15 },
    ],
    bids: [
      ['1680.00', '5400.00'],
      ['1590.00', '6100.00'],
      ['1720.00', '4980.00'],
    ],
    reasons: '综合得分排名第一，价格、设计与耐用性得分之和最高。',
  },
};

const DIVIDED: Record<'en' | 'zh', Story> = {
  en: {
    ...PLAIN.en,
    title: 'Bicycle parking for the central station and the harbour, in two lots',
    description:
      'Covered bicycle stands for two squares, each a lot of its own. Two envelopes: design and durability are judged first, without any price; then the prices are opened, of those who passed.',
    lots: [
      {
        id: 'station',
        title: 'Central station',
        description: 'Covered stands with two levels and lighting.',
      },
      { id: 'harbour', title: 'Old harbour', description: 'Low stands that keep the view of the water.' },
    ],
    envelopes: 'two',
    items: [
      ...ofLot('station', item('1', 'Covered bicycle stand, two levels, 20 places', '12', 'piece')),
      ...ofLot('harbour', item('2', 'Stand for cargo bicycles', '6', 'piece')),
    ],
    failing: 'The stands have no lighting, which the notice asks for.',
  },
  zh: {
    ...PLAIN.zh,
    title: '图书馆自习座位及储物柜采购（两个标段，双信封）',
    description:
      '为市图书馆采购自习座位与储物柜，分为两个标段。采用双信封：先在不知报价的情况下评审设计与耐用性，再开启通过者的报价。',
    lots: [
      { id: 'seats', title: '自习座位', description: '含电源与台灯，包含运输、安装及三年质保。' },
      { id: 'lockers', title: '储物柜', description: '12 门储物柜，包含运输与安装。' },
    ],
    envelopes: 'two',
    items: [
      ...ofLot('seats', item('1', '自习座位（含电源与台灯）', '200', '套')),
      ...ofLot('lockers', item('2', '储物柜，12 门', '20', '组')),
    ],
    failing: '未提供质保承诺，不满足招标文件的实质性要求。',
  },
};

export const PLAYS: Record<Kind, Record<'en' | 'zh', Story>> = { plain: PLAIN, divided: DIVIDED };
