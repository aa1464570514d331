import QRCode from 'qrcode';

/** A QR code (ISO/IEC 18004, level M) as one path of squares, in modules from the top left corner; without quiet zone. */
export interface QrPath {
  /** Modules along one side. */
  readonly size: number;
  /** SVG path data. */
  readonly path: string;
}

/** @param text at most some 2000 characters @throws Error when it is longer */
export function qrPath(text: string): QrPath {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  const squares: string[] = [];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (data[y * size + x] === 1) squares.push(`M${x} ${y}h1v1h-1z`);
    }
  }
  return { size, path: squares.join('') };
}
