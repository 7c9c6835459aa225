/** File names whose content is a secret by its kind: keys, and settings that hold passwords. */
const NAMES =
  /^(?:\.env(?:\..*)?|.*\.(?:pem|key|p12|pfx|jks|keystore|kdbx)|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|\.npmrc|\.pypirc|\.netrc|_netrc|\.pgpass|\.htpasswd|credentials)$/i
/** Names like those, for files that only show the shape. */
const HARMLESS = /\.(?:example|sample|template|dist|pub)$/i
/** RFC 7468 and the OpenSSH and PGP forms of a private key. */
const KEY = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/

/** Texts that are never stored, so that they are never rewritten with gaps: private keys, and secrets' files by name. Linear. */
export function isPrivate(path: string | undefined, text: string): boolean {
  const name = path?.split(/[\\/]/).at(-1) ?? ''
  return (NAMES.test(name) && !HARMLESS.test(name)) || (text.includes('PRIVATE KEY') && KEY.test(text))
}
