import { writeFileSync } from 'node:fs';
import QRCode from 'qrcode';

const WIDTH = 640;
const HEIGHT = 480;
const MARGIN = 4;

/**
 * A film of one picture (YUV4MPEG2, 4:2:0): a code in the middle of a white wall, as Chromium's made-up camera shows it.
 * @param file is written; its name must end in .y4m
 */
export function filmCode(file: string, content: string): void {
  const { modules } = QRCode.create(content);
  const scale = Math.floor(HEIGHT / (modules.size + 2 * MARGIN));
  const [left, top] = [WIDTH, HEIGHT].map((length) => Math.floor((length - modules.size * scale) / 2)) as [
    number,
    number,
  ];
  const light = Buffer.alloc(WIDTH * HEIGHT, 235);
  for (let y = 0; y < modules.size * scale; y += 1)
    for (let x = 0; x < modules.size * scale; x += 1)
      if (modules.get(Math.floor(y / scale), Math.floor(x / scale))) light[(top + y) * WIDTH + left + x] = 16;
  const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const frame = [Buffer.from('FRAME\n'), light, grey];
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`);
  writeFileSync(file, Buffer.concat([header, ...frame, ...frame]));
}
