/** Where a command is typed: most Linux systems, macOS, and PowerShell 7 on Windows or elsewhere. */
export const SHELLS = ['linux', 'mac', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];
export type Commands = Readonly<Record<Shell, string>>;

/** SHA-256 of a file in the folder where the command is typed. */
export function fileDigest(file: string): Commands {
  return {
    linux: `sha256sum ${file}`,
    mac: `shasum -a 256 ${file}`,
    powershell: `(Get-FileHash ${file}).Hash.ToLower()`,
  };
}

/** SHA-256 of bytes that are given as hexadecimal digits. Perl comes with both systems, and with git for Windows. */
export function bytesDigest(hex: string): Commands {
  const bytes = `perl -e 'print pack "H*", shift' ${hex}`;
  return {
    linux: `${bytes} | sha256sum`,
    mac: `${bytes} | shasum -a 256`,
    powershell: `(Get-FileHash -InputStream ([IO.MemoryStream]::new([Convert]::FromHexString('${hex}')))).Hash.ToLower()`,
  };
}

/** Base64, as signed notes have it, in hexadecimal digits. */
export function fromBase64(text: string): Commands {
  const bytes = `perl -MMIME::Base64 -e 'print unpack("H*", decode_base64(shift)), "\\n"' ${text}`;
  return {
    linux: bytes,
    mac: bytes,
    powershell: `[Convert]::ToHexString([Convert]::FromBase64String('${text}')).ToLower()`,
  };
}

/** All steps at once, in a copy of the source (lib/cli/verify-options.ts): the same on every system. */
export function verifyCommand(evidence: string, file: string, descriptor: string, node?: string): string {
  const asked = node === undefined ? '' : ` --rpc ${node}`;
  return `npm run verify -- ${evidence} ${file} --pin ${descriptor}${asked}`;
}
