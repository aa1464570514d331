/** https://wicg.github.io/shape-detection-api/ — not in every browser, and not in TypeScript's library. */
interface BarcodeDetector {
  detect(source: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}
interface BarcodeDetectorConstructor {
  new (options: { formats: readonly string[] }): BarcodeDetector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** Finds QR codes in a picture; '' when it shows none. */
export type CodeReader = (picture: ImageBitmapSource) => Promise<string>;

/** Null where the browser cannot read codes. */
export async function codeReader(): Promise<CodeReader | null> {
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
