import { renderPdf } from '@/lib/server/pdf/simple-document';
import { storeDocument } from '@/lib/server/store-document';
import type { World } from '@/lib/server/world';
import type { Player } from './company';
import type { Story } from './story';

/** Small real documents for the demonstration, made from the story's own words. */
export type Paper = 'terms' | 'specification' | 'offer' | 'contract';

const HEADINGS = {
  en: {
    terms: 'Terms of the tender',
    specification: 'Specification',
    offer: 'Offer',
    contract: 'Contract',
    parties: ['Between', 'and', 'Subject'],
    item: ['No.', 'Item', 'Quantity', 'Unit'],
    items: 'Items',
    note: 'A document of the demonstration registry: people, places and figures are invented.',
    judged: 'How bids are judged: ',
  },
  zh: {
    terms: '招标文件',
    specification: '技术规格书',
    offer: '投标文件',
    contract: '合同书',
    parties: ['甲方', '乙方', '项目名称'],
    item: ['序号', '标的', '数量', '单位'],
    items: '标的清单',
    note: '本文件属于演示登记簿，其中人物、地点与数字均为虚构。',
    judged: '评标办法：',
  },
} as const;

/** The bytes of one paper. */
export async function paper(kind: Paper, story: Story, from: string, to: string): Promise<Uint8Array> {
  const h = HEADINGS[story.language];
  return renderPdf({
    language: story.language,
    title: h[kind],
    subtitle: story.title,
    facts: [[h.parties[2], story.title], [h.parties[0], from], ...(to ? [[h.parties[1], to] as const] : [])],
    tables: [
      {
        title: h.items,
        head: h.item,
        rows: story.items.map((i) => [i.id, i.description, i.quantity, i.unit]),
      },
    ],
    paragraphs: [
      story.description,
      h.judged +
        story.quality
          .map((c) => `${c.title} ${c.weight} %: ${c.description}`)
          .join(story.language === 'zh' ? '；' : ' '),
    ],
    footer: h.note,
  });
}

/** Makes a paper and uploads it as `who`. @returns the upload's id. */
export async function uploadPaper(
  world: World,
  who: Player,
  tenderId: string,
  kind: Paper,
  story: Story,
  to = '',
): Promise<{ id: string; title: string }> {
  const title = `${HEADINGS[story.language][kind]}.pdf`;
  const bytes = await paper(kind, story, who.organization.name, to);
  const { id } = await storeDocument(world, {
    tenderId,
    personId: who.person,
    name: title,
    mediaType: 'application/pdf',
    bytes,
  });
  return { id, title };
}

export const offerName = (story: Story): string => `${HEADINGS[story.language].offer}.pdf`;
