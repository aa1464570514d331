/** https://wicg.github.io/shape-detection-api/ — not in every browser, and not in TypeScript's library. */
interface BarcodeDetector {
  detect(source: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}
interface BarcodeDetectorConstructor {
  new (options: { formats: readonly string[] }): BarcodeDetector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** A picture, or what the camera shows now. */
export type Picture = ImageBitmap | HTMLVideoElement;

/** Finds QR codes in a picture; '' when it shows none. */
export type CodeReader = (picture: Picture) => Promise<string>;

/** The browser's own reader, which is the fastest; a library, fetched now, in those that have none (Safari, Firefox). */
export async function codeReader(): Promise<CodeReader> {
  return (await ownReader()) ?? libraryReader();
}

async function ownReader(): Promise<CodeReader | null> {
  const Detector = (globalThis as { BarcodeDetector?: BarcodeDetectorConstructor }).BarcodeDetector;
  if (Detector === undefined) return null;
  try {
    if (!(await Detector.getSupportedFormats()).includes('qr_code')) return null;
    const detector = new Detector({ formats: ['qr_code'] });
    return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? '';
  } catch {
    return null;
  }
}

/** Longest side of what the library looks at, in pixels: a code that is lost at this size was not legible before. */
const LONGEST_SIDE = 1600;
/** What a picture may take that does not decode at once, in milliseconds; the camera's next one comes sooner. */
const PATIENCE = { still: 1500, moving: 100 };

async function libraryReader(): Promise<CodeReader> {
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  return async (picture) => {
    const image = pixelsOf(picture, canvas);
    const timeLimit = PATIENCE[picture instanceof ImageBitmap ? 'still' : 'moving'];
    try {
      return image === null ? '' : decodeQR(image, { timeLimit });
    } catch {
      // That is how it says that there is none.
      return '';
    }
  };
}

/** Null while the camera has not shown anything yet. */
function pixelsOf(picture: Picture, canvas: HTMLCanvasElement): ImageData | null {
  const [width, height] =
    picture instanceof ImageBitmap
      ? [picture.width, picture.height]
      : [picture.videoWidth, picture.videoHeight];
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || canvas.width === 0 || canvas.height === 0) return null;
  // Codes are dark on light, and so is a transparent picture of one.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** How often a moving picture is looked at. */
const INTERVAL_MS = 250;

/**
 * Looks for a code in what the camera shows, until one is found.
 * @returns its content; '' when it was stopped.
 * @throws DOMException when there is no camera, or it may not be used
 */
export async function readFromCamera(
  video: HTMLVideoElement,
  read: CodeReader,
  signal: AbortSignal,
): Promise<string> {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    video.srcObject = camera;
    await video.play();
    while (!signal.aborted) {
      const content = await read(video);
      if (content !== '') return content;
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    }
    return '';
  } finally {
    // The light beside the lens goes out with the last track.
    camera.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  }
}
