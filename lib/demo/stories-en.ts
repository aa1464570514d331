import { item, ofLot, q, type Story } from './story';

/** The English tenders of the demonstration: invented, with figures of a plausible size. */
export const STORIES_EN: readonly Story[] = [
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
    language: 'en',
    ending: 'implementation',
    publishedDaysAgo: 62,
    biddingDays: 28,
    title: 'Equipment for the new harbour school, in three lots',
    description:
      'Furniture, kitchen and musical instruments for the new school at the old harbour, delivered and set up before the school year begins. Each lot is bid for and awarded by itself; you may bid for one lot, several, or all.',
    category: 'goods',
    value: '462000.00',
    currency: 'EUR',
    budget: 'Education, line 3.2 New buildings',
    lots: [
      {
        id: 'furniture',
        title: 'Classroom furniture',
        description: 'Desks and chairs that grow with the children, for sixteen classrooms.',
      },
      {
        id: 'kitchen',
        title: 'School kitchen',
        description: 'Cooking and washing-up equipment for 420 meals a day, installed and ready for use.',
        ending: 'contract',
      },
      {
        id: 'music',
        title: 'Musical instruments',
        description: 'A piano and a set of percussion for the music room.',
      },
    ],
    items: [
      ...ofLot(
        'furniture',
        item('1', 'Height-adjustable desk', '416', 'piece', ['39121100', 'Desks']),
        item('2', 'Height-adjustable chair', '416', 'piece', ['39112000', 'Chairs']),
      ),
      ...ofLot(
        'kitchen',
        item('3', 'Combination oven, 20 trays', '2', 'piece', ['39711360', 'Ovens']),
        item('4', 'Hood-type dishwasher', '2', 'piece', ['42959000', 'Non-domestic dishwashing machines']),
      ),
      ...ofLot(
        'music',
        item('5', 'Upright piano', '1', 'piece', ['37311100', 'Pianos']),
        item('6', 'Set of percussion', '1', 'set'),
      ),
    ],
    quality: [
      q('durability', 'Durability', 'Warranty, repair, spare parts for ten years.', 25),
      q('environment', 'Environment', 'Materials, energy in use, packaging.', 15),
    ],
    bids: [
      ['214.00', '96.50', '18900.00', '9400.00', '', ''],
      ['228.00', '88.00', '', '', '7900.00', '3600.00'],
      ['205.50', '102.00', '17450.00', '10200.00', '', ''],
    ],
    reasons:
      'Ranked first by the criteria of the notice: long warranty, spare parts for ten years, a fair price.',
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
