import { createHmac, randomBytes } from 'node:crypto';

interface Creation {
  publicKey: { rp: { id: string }; extensions: object; authenticatorSelection: { userVerification: string } };
}
interface Request {
  publicKey: {
    rpId: string;
    allowCredentials: { id: Uint8Array }[];
    userVerification: string;
    extensions: { prf: { eval: { first: Uint8Array; second: Uint8Array } } };
  };
}

const named = (name: string) => Object.assign(new Error(name), { name });

/** An authenticator with PRF as the page sees it, for one site: what the browser does between is left out. */
export function authenticator(host: string, { prf = true, cancelled = false } = {}) {
  const secrets = new Map<string, Buffer>();
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  let asked = 0;
  const ask = (rpId: string, verification: string) => {
    if (rpId !== host) throw named('SecurityError');
    if (cancelled) throw named('NotAllowedError');
    if (verification !== 'required') throw new Error('the owner is not verified');
    asked += 1;
  };
  return {
    asked: () => asked,
    create: async ({ publicKey: { rp, authenticatorSelection } }: Creation) => {
      ask(rp.id, authenticatorSelection.userVerification);
      const rawId = new Uint8Array(randomBytes(16));
      secrets.set(hex(rawId), randomBytes(32));
      return {
        rawId: rawId.buffer,
        response: { getTransports: () => ['internal'] },
        getClientExtensionResults: () => ({ prf: { enabled: prf } }),
      };
    },
    get: async ({ publicKey }: Request) => {
      ask(publicKey.rpId, publicKey.userVerification);
      const secret = secrets.get(hex(publicKey.allowCredentials[0]?.id ?? new Uint8Array()));
      if (!secret) throw named('NotAllowedError');
      const result = (input: Uint8Array) =>
        new Uint8Array(createHmac('sha256', secret).update(input).digest()).buffer;
      const { first, second } = publicKey.extensions.prf.eval;
      return {
        getClientExtensionResults: () => ({
          prf: { results: { first: result(first), second: result(second) } },
        }),
      };
    },
  };
}
