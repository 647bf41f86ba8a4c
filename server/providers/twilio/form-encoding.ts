/**
 * Encodes one value for `application/x-www-form-urlencoded`. A space becomes `%20`, which every form decoder
 * reads as it does `+`; a lone surrogate becomes U+FFFD. The runtime's own encoder takes a third of the time of
 * `URLSearchParams`, and this runs several times for every message.
 */
export function formEncode(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}
