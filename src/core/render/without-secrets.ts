/** Text that may hold somebody's secret, made fit for logs, the ledger and people (threats T94). */

const shapes: readonly RegExp[] = [
  /\b(?:gh[a-z]|npm)_[A-Za-z0-9]{8,}/g,
  /\bgithub_pat_\w{8,}/g,
  /\bxox[a-z]-[\w-]{8,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g,
  /\beyJ[\w-]{4,}\.[\w-]{2,}(?:\.[\w-]*)?/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  /\bsha256=[0-9a-f]{16,}/gi,
  /(?<=:\/\/[^\s/:@]{0,80}:)[^\s/@]{1,200}(?=@)/g,
  /(?<=\b(?:bearer|token|basic) )[\w.+/=-]{16,}/gi,
];

/** The same text with tokens, keys, signatures and passwords in addresses replaced by `[secret]`. */
export const withoutSecrets = (text: string): string =>
  shapes.reduce((kept, shape) => kept.replace(shape, '[secret]'), text);
