(quote) => {
  // The words of the page as they are printed, without reference markers, each with where it stands.
  const bare = (word) => word.replace(/\[[\d,\s–-]*\]/g, "").replace(/([\p{L}\p{P}])\d+([,–-]\d+)*$/u, "$1").replace(/[^\p{L}\p{M}\p{N}]/gu, "").toLowerCase();
  const wanted = quote.text.split(/\s+/).map(bare).filter(Boolean);
  const start = quote.anchor ? document.getElementById(quote.anchor) : null;
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (holder.closest("sup, script, style, noscript") || holder.matches('a[href^="#"]') && /^[\d\s,[\]–-]+$/.test(node.data)) continue;
    if (start && start.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) continue;
    for (const match of node.data.matchAll(/\S+/g)) {
      const text = bare(match[0]);
      if (!text) continue;
      const edges = [...match[0].matchAll(/[\p{L}\p{N}]/gu)].map((letter) => match.index + letter.index);
      words.push({ text, node, from: edges[0], to: edges[edges.length - 1] + 1 });
    }
  }
  const at = words.findIndex((_, place) => wanted.every((text, offset) => words[place + offset]?.text === text));
  if (at < 0) return null;
  if (words.slice(at, at + wanted.length).some(({ node }) => !node.parentElement.getClientRects().length)) return { folded: true };
  const box = (word) => {
    const range = document.createRange();
    range.setStart(word.node, word.from);
    range.setEnd(word.node, word.to);
    const rect = range.getClientRects()[0];
    return [rect.left + rect.width / 2, rect.top + rect.height / 2];
  };
  const quoted = words.slice(at, at + wanted.length).map(box);
  const seen = (word) => word && word.node.parentElement.getClientRects().length;
  const beside = [words[at - 1], words[at + wanted.length]].filter(seen).map(box);
  return { quoted, beside, scrolled: window.scrollY, height: window.innerHeight, width: window.innerWidth };
}
