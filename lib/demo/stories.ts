import type { NoticeDraft } from '@/lib/record/notice';

/** How far a seeded tender has come. */
export type Ending =
  | 'approval'
  | 'open'
  | 'opening'
  | 'evaluation'
  | 'standstill'
  | 'contract'
  | 'implementation'
  | 'unsuccessful';

export interface Story {
  language: 'en' | 'zh';
  ending: Ending;
  /** Days before today on which the notice is published. */
  publishedDaysAgo: number;
  /** Days from publication to the deadline for bids. */
  biddingDays: number;
  title: string;
  description: string;
  category: 'goods' | 'works' | 'services';
  value: string;
  currency: string;
  budget: string;
  items: NoticeDraft['items'];
  quality: readonly { id: string; title: string; description: string; weight: number }[];
  /** Unit prices by bidder, in the order of the items. Fewer than two bids end a tender. */
  bids: readonly (readonly string[])[];
  reasons: string;
}

const item = (
  id: string,
  description: string,
  quantity: string,
  unit: string,
  code?: readonly [string, string],
) => ({
  id,
  description,
  quantity,
  unit,
  ...(code ? { classification: { scheme: 'CPV', id: code[0], description: code[1] } } : {}),
});
const q = (id: string, title: string, description: string, weight: number) => ({
  id,
  title,
  description,
  weight,
});

/** The tenders of the demonstration. Invented, with figures of a plausible size. */
export const STORIES: readonly Story[] = [
  {
    language: 'en',
    ending: 'implementation',
    publishedDaysAgo: 148,
    biddingDays: 28,
    title: 'Resurfacing of the cycle path along the old harbour',
    description:
      'Milling and resurfacing of 4.2 km of cycle path between the Old Crane and Mill Bridge, with new drainage channels and markings. Work is done in sections, so that half of the width stays open.',
    category: 'works',
    value: '780000.00',
    currency: 'EUR',
    budget: 'Mobility plan, line 4.2 Cycle network',
    items: [
      item('1', 'Milling and resurfacing of asphalt, 3 m wide', '4200', 'metre', [
        '45233223',
        'Carriageway resurfacing works',
      ]),
      item('2', 'Drainage channel with grating', '850', 'metre'),
      item('3', 'Markings and signs', '1', 'lot'),
    ],
    quality: [
      q('method', 'Method and traffic plan', 'How cyclists and walkers pass safely while work goes on.', 25),
      q('environment', 'Environment', 'Recycled content, noise, haulage distance.', 15),
    ],
    bids: [
      ['118.50', '96.00', '41500.00'],
      ['121.20', '88.40', '39900.00'],
      ['109.90', '104.00', '46800.00'],
    ],
    reasons:
      'Best balance of price and quality: a convincing traffic plan with short sections, and the lowest drainage costs.',
  },
  {
    language: 'zh',
    ending: 'implementation',
    publishedDaysAgo: 131,
    biddingDays: 25,
    title: '临江市中小学智慧教室设备采购',
    description:
      '为全市 18 所中小学采购并安装智慧教室设备，包括交互式显示屏、录播系统及教师培训。供应商须提供五年质保和本地服务。',
    category: 'goods',
    value: '3600000.00',
    currency: 'CNY',
    budget: '市级财政资金，教育信息化专项',
    items: [
      item('1', '86 英寸交互式显示屏（含支架与安装）', '120', '台'),
      item('2', '常态化录播系统', '36', '套'),
      item('3', '教师培训', '18', '场'),
    ],
    quality: [
      q('service', '售后服务', '响应时间、备件与本地服务人员。', 20),
      q('solution', '技术方案', '与现有平台的兼容性及易用性。', 20),
    ],
    bids: [
      ['17800.00', '31500.00', '4200.00'],
      ['18600.00', '28800.00', '3800.00'],
      ['16900.00', '35200.00', '5000.00'],
    ],
    reasons: '综合得分最高，报价合理，售后服务方案完善，与现有平台兼容性好。',
  },
  {
    language: 'en',
    ending: 'unsuccessful',
    publishedDaysAgo: 96,
    biddingDays: 21,
    title: 'Restoration of the Old Crane’s oak treadwheel',
    description:
      'Survey, dismantling and restoration of the oak treadwheel of the listed harbour crane, by craftspeople with proven experience in historic timber.',
    category: 'works',
    value: '145000.00',
    currency: 'EUR',
    budget: 'Heritage fund, line 1.1',
    items: [item('1', 'Restoration of the treadwheel', '1', 'lot', ['45454100', 'Restoration work'])],
    quality: [q('experience', 'Experience with historic timber', 'References of the last ten years.', 50)],
    bids: [['139000.00']],
    reasons: '',
  },
  {
    language: 'en',
    ending: 'contract',
    publishedDaysAgo: 74,
    biddingDays: 30,
    title: 'Cleaning of schools and kindergartens',
    description:
      'Daily cleaning of nine schools and fourteen kindergartens for two years, with living wages, daytime shifts and certified cleaning agents.',
    category: 'services',
    value: '1240000.00',
    currency: 'EUR',
    budget: 'Education, line 2.7 Facilities',
    items: [
      item('1', 'Cleaning of schools, per month', '24', 'month', ['90919300', 'School cleaning services']),
      item('2', 'Cleaning of kindergartens, per month', '24', 'month'),
    ],
    quality: [
      q('staff', 'Staff and working conditions', 'Wages, shifts, training.', 30),
      q('quality', 'Quality assurance', 'Inspections and what happens after a complaint.', 20),
    ],
    bids: [
      ['28400.00', '21900.00'],
      ['27150.00', '23300.00'],
    ],
    reasons: 'Highest total score; daytime shifts and a clear procedure for complaints.',
  },
  {
    language: 'zh',
    ending: 'standstill',
    publishedDaysAgo: 36,
    biddingDays: 24,
    title: '市属学校食堂食材统一配送服务',
    description:
      '为 26 所市属学校食堂提供为期一年的蔬菜、肉类及粮油统一配送服务，须具备冷链运输能力和食品安全追溯体系。',
    category: 'services',
    value: '9800000.00',
    currency: 'CNY',
    budget: '学校食堂专户资金',
    items: [item('1', '蔬菜与肉类配送', '12', '月'), item('2', '粮油配送', '12', '月')],
    quality: [
      q('safety', '食品安全与追溯', '检测频次、追溯体系与应急方案。', 35),
      q('logistics', '配送能力', '冷链车辆与准时率。', 15),
    ],
    bids: [
      ['560000.00', '214000.00'],
      ['548000.00', '226000.00'],
      ['571500.00', '209800.00'],
    ],
    reasons: '食品安全追溯体系完备，冷链配送能力强，综合得分最高。',
  },
  {
    language: 'en',
    ending: 'evaluation',
    publishedDaysAgo: 33,
    biddingDays: 28,
    title: 'Electric buses for line 7, with charging points',
    description:
      'Delivery of eight electric city buses of 12 metres, with depot charging points, driver training and eight years of battery warranty.',
    category: 'goods',
    value: '4900000.00',
    currency: 'EUR',
    budget: 'Clean transport programme, line 3.1',
    items: [
      item('1', 'Electric bus, 12 m', '8', 'vehicle', ['34144910', 'Electric buses']),
      item('2', 'Depot charging point, 150 kW', '8', 'piece'),
      item('3', 'Training of drivers and workshop', '40', 'person'),
    ],
    quality: [
      q('range', 'Range and battery', 'Range in winter, warranty on capacity.', 25),
      q('access', 'Accessibility', 'Boarding, wheelchair places, information for the blind.', 15),
    ],
    bids: [
      ['498000.00', '41200.00', '780.00'],
      ['512500.00', '38900.00', '690.00'],
      ['487900.00', '44500.00', '910.00'],
    ],
    reasons: '',
  },
  {
    language: 'zh',
    ending: 'opening',
    publishedDaysAgo: 22,
    biddingDays: 21.8,
    title: '教育局办公大楼节能改造工程',
    description:
      '对教育局办公大楼进行外窗更换、LED 照明改造及屋顶光伏安装，要求在不影响日常办公的情况下施工。',
    category: 'works',
    value: '2150000.00',
    currency: 'CNY',
    budget: '公共机构节能改造资金',
    items: [
      item('1', '断桥铝外窗更换', '860', '平方米'),
      item('2', 'LED 照明改造', '1240', '套'),
      item('3', '屋顶光伏系统', '96', '千瓦'),
    ],
    quality: [
      q('plan', '施工组织方案', '工期安排与对办公的影响。', 30),
      q('saving', '节能效果', '测算依据与质保。', 20),
    ],
    bids: [
      ['780.00', '165.00', '4300.00'],
      ['812.00', '158.00', '4150.00'],
    ],
    reasons: '',
  },
  {
    language: 'en',
    ending: 'open',
    publishedDaysAgo: 6,
    biddingDays: 27,
    title: 'Playground at Lime Tree Square',
    description:
      'Design and construction of a playground for children of all abilities, planned together with the neighbourhood in two workshops.',
    category: 'works',
    value: '310000.00',
    currency: 'EUR',
    budget: 'Parks, line 2.3',
    items: [
      item('1', 'Design with two neighbourhood workshops', '1', 'lot', [
        '71222000',
        'Architectural services for outdoor areas',
      ]),
      item('2', 'Construction of the playground', '1', 'lot', [
        '45112723',
        'Landscaping work for playgrounds',
      ]),
      item('3', 'Maintenance, per year', '5', 'year'),
    ],
    quality: [
      q('inclusion', 'Play for all abilities', 'Surfaces, heights, senses.', 30),
      q('nature', 'Trees and shade', 'What stays, what is planted.', 20),
    ],
    bids: [
      ['24000.00', '251000.00', '3900.00'],
      ['28500.00', '239500.00', '4400.00'],
    ],
    reasons: '',
  },
  {
    language: 'zh',
    ending: 'open',
    publishedDaysAgo: 3,
    biddingDays: 30,
    title: '2027 年度教师体检服务',
    description: '为全市约 4200 名在职教师提供年度健康体检服务，须在两个月内分批完成，并提供个人健康报告。',
    category: 'services',
    value: '2520000.00',
    currency: 'CNY',
    budget: '教职工福利经费',
    items: [item('1', '教师年度体检', '4200', '人')],
    quality: [
      q('coverage', '检查项目与设备', '项目完整性与设备水平。', 25),
      q('arrangement', '组织安排', '分批方案与便利程度。', 15),
    ],
    bids: [['575.00']],
    reasons: '',
  },
  {
    language: 'en',
    ending: 'approval',
    publishedDaysAgo: 1,
    biddingDays: 35,
    title: 'Library software and self-service stations',
    description:
      'A library management system as free software, with self-service stations for three branches and migration of the catalogue.',
    category: 'services',
    value: '186000.00',
    currency: 'EUR',
    budget: 'Culture, line 1.4',
    items: [
      item('1', 'Library software: introduction and migration', '1', 'lot', [
        '48160000',
        'Library software package',
      ]),
      item('2', 'Self-service station', '6', 'piece'),
    ],
    quality: [
      q('usability', 'Ease of use', 'Shown to a panel of readers.', 30),
      q('openness', 'Openness', 'Licence, formats, interfaces.', 20),
    ],
    bids: [],
    reasons: '',
  },
];

/** The notice of a story, due at `bidsDue`. */
export function draftOf(
  story: Story,
  organization: { id: string; name: string },
  bidsDue: string,
  standstill: number,
): NoticeDraft {
  const zh = story.language === 'zh';
  const weight = 100 - story.quality.reduce((sum, c) => sum + c.weight, 0);
  return {
    title: story.title,
    description: story.description,
    language: story.language,
    mainProcurementCategory: story.category,
    buyer: organization,
    procuringEntity: organization,
    value: { amount: story.value, currency: story.currency },
    budget: { source: story.budget },
    currency: story.currency,
    items: story.items,
    criteria: [
      {
        id: 'price',
        kind: 'price',
        title: zh ? '报价' : 'Price',
        description: zh
          ? '最低报价得满分，其余按比例计算。'
          : 'The lowest price takes all points; the others in proportion.',
        weight,
      },
      ...story.quality.map((c) => ({ ...c, kind: 'quality' })),
    ],
    bidsDue,
    standstill,
    rulePack: 'fast@1',
  };
}
