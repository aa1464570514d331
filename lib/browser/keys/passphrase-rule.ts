/** Characters, counted by code points: the passphrase is all that stands between a stolen file and its content. */
export const MIN_PASSPHRASE = 12;
