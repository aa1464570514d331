import { item, q, type Story } from './story';

/** The Chinese tenders of the demonstration: invented, with figures of a plausible size. */
export const STORIES_ZH: readonly Story[] = [
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
      ['548000.00', '223500.00'],
      ['571500.00', '209800.00'],
    ],
    reasons: '食品安全追溯体系完备，冷链配送能力强，综合得分最高。',
  },
  {
    language: 'zh',
    ending: 'standstill',
    publishedDaysAgo: 37,
    biddingDays: 23,
    title: '全市学生体质健康监测平台建设（双信封）',
    description:
      '建设覆盖全市中小学的学生体质健康监测平台，包括数据采集、家校查询和五年运维。采用双信封：先评审技术部分，只开启通过者的报价。',
    category: 'services',
    value: '2860000.00',
    currency: 'CNY',
    budget: '市级财政资金，教育信息化专项',
    envelopes: 'two',
    items: [
      item('1', '监测平台开发与部署', '1', '项'),
      item('2', '校园采集终端', '64', '台'),
      item('3', '运行维护', '5', '年'),
    ],
    quality: [
      q('privacy', '个人信息保护', '最小采集、加密存储、访问留痕。', 30),
      q('design', '技术方案', '架构、易用性与数据接口的开放程度。', 20),
    ],
    bids: [
      ['1280000.00', '9800.00', '156000.00'],
      ['1195000.00', '10400.00', '168000.00'],
      ['980000.00', '8900.00', '120000.00'],
    ],
    reasons: '个人信息保护方案严密，技术方案成熟，技术得分与报价得分之和最高。',
    failing: '未说明学生个人信息的加密存储和访问留痕方式，不满足招标文件的实质性要求。',
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
];
