import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  Document,
  Font,
  Link,
  Page,
  Path,
  renderToBuffer,
  StyleSheet,
  Svg,
  Text,
  View,
} from '@react-pdf/renderer';
import { qrPath } from './qr';
import { sfntFromWoff } from './sfnt';

/** A short official document: a heading, facts in two columns, tables and paragraphs. */
export interface SimpleDocument {
  language: string;
  title: string;
  subtitle: string;
  facts: readonly (readonly [string, string])[];
  tables?: readonly { title: string; head: readonly string[]; rows: readonly (readonly string[])[] }[];
  paragraphs: readonly string[];
  /** An address, as a QR code beside the heading. */
  code?: string;
  footer: string;
  /** Set smaller, so that it fits on one page. */
  compact?: boolean;
}

/** One character with the marks that may not begin or end a line (GB/T 15834). */
const UNBREAKABLE = /[（“《「]*[^][，。；：、！？）”》」]*/gu;

let registered = false;

/** The Chinese font is large: it is registered at first use, in the worker or the command that needs it. */
function registerFonts(): void {
  if (registered) return;
  const folder = path.join(process.cwd(), 'node_modules', '@fontsource', 'noto-sans-sc', 'files');
  for (const [family, subset] of [
    ['Noto SC', 'chinese-simplified'],
    ['Noto Latin', 'latin'],
  ] as const) {
    const font = sfntFromWoff(readFileSync(path.join(folder, `noto-sans-sc-${subset}-400-normal.woff`)));
    Font.register({ family, src: `data:font/ttf;base64,${font.toString('base64')}` });
  }
  // Chinese breaks between any two characters; the default hyphenation knows only words.
  Font.registerHyphenationCallback((word) =>
    /[\u3000-\u9fff\uff00-\uffef]/.test(word)
      ? (word.match(UNBREAKABLE) ?? []).flatMap((c) => [c, ''])
      : [word],
  );
  registered = true;
}

const styles = StyleSheet.create({
  page: {
    paddingTop: 54,
    paddingBottom: 60,
    paddingHorizontal: 56,
    fontSize: 10.5,
    lineHeight: 1.5,
    color: '#1b1f22',
  },
  header: { flexDirection: 'row', marginBottom: 10 },
  heading: { flex: 1, paddingRight: 12 },
  title: { fontSize: 19, lineHeight: 1.25, marginBottom: 4 },
  subtitle: { fontSize: 10.5, color: '#5a646b', marginBottom: 8 },
  fact: { flexDirection: 'row', borderBottomWidth: 0.5, borderBottomColor: '#d5dadd', paddingVertical: 4 },
  name: { width: 150, color: '#5a646b' },
  value: { flex: 1 },
  section: { fontSize: 12.5, marginTop: 18, marginBottom: 4 },
  row: { flexDirection: 'row', borderBottomWidth: 0.5, borderBottomColor: '#d5dadd', paddingVertical: 4 },
  cell: { flex: 1, paddingRight: 8 },
  head: { flex: 1, paddingRight: 8, color: '#5a646b' },
  paragraph: { marginTop: 10 },
  compact: { paddingTop: 40, paddingBottom: 48, fontSize: 9, lineHeight: 1.4 },
  tight: { paddingVertical: 2.5 },
  footer: { position: 'absolute', bottom: 28, left: 56, right: 56, fontSize: 8, color: '#5a646b' },
});

/** Points a module: some 22 mm a side for a short address, which telephones read at arm's length. */
const MODULE = 2.2;

function Code({ text }: { text: string }) {
  const { size, path } = qrPath(text);
  return (
    <Link src={text}>
      <Svg width={size * MODULE} height={size * MODULE} viewBox={`0 0 ${size} ${size}`}>
        <Path d={path} fill="#000000" />
      </Svg>
    </Link>
  );
}

function Body({ doc }: { doc: SimpleDocument }) {
  return (
    <Document title={doc.title} language={doc.language} producer="Tenderproof" creator="Tenderproof">
      <Page
        size="A4"
        style={[
          styles.page,
          doc.compact ? styles.compact : {},
          { fontFamily: ['Noto Latin', 'Noto SC'] as unknown as string },
        ]}
      >
        <View style={styles.header}>
          <View style={styles.heading}>
            <Text style={styles.title}>{doc.title}</Text>
            <Text style={styles.subtitle}>{doc.subtitle}</Text>
          </View>
          {doc.code ? <Code text={doc.code} /> : null}
        </View>
        {doc.facts.map(([name, value]) => (
          <View key={name} style={[styles.fact, doc.compact ? styles.tight : {}]}>
            <Text style={styles.name}>{name}</Text>
            <Text style={styles.value}>{value}</Text>
          </View>
        ))}
        {(doc.tables ?? []).map((table) => (
          <View key={table.title}>
            <Text style={styles.section}>{table.title}</Text>
            {[table.head, ...table.rows].map((row, i) => (
              <View key={`${i} ${row.join(' ')}`} style={styles.row} wrap={false}>
                {row.map((cell, j) => (
                  <Text key={`${j} ${cell}`} style={i === 0 ? styles.head : styles.cell}>
                    {cell}
                  </Text>
                ))}
              </View>
            ))}
          </View>
        ))}
        {doc.paragraphs.map((text) => (
          <Text key={text} style={styles.paragraph}>
            {text}
          </Text>
        ))}
        <Text style={styles.footer} fixed>
          {doc.footer}
        </Text>
      </Page>
    </Document>
  );
}

/** The document as PDF bytes. */
export async function renderPdf(doc: SimpleDocument): Promise<Uint8Array<ArrayBuffer>> {
  registerFonts();
  return new Uint8Array(await renderToBuffer(<Body doc={doc} />));
}
