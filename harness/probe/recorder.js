/**
 * The recorder: watches one chat page from inside, every painted frame, and answers to
 * `window.__scopeRecorder`. It reads and never writes: no style, no layout of its own making, no
 * exception into the app. What it calls it took from the browser before any app code ran.
 */

/** @typedef {"timeline" | "viewport" | "composer"} Part */
/** @typedef {{css: string, closest: string | null, within: string | null}} NodeRule */
/** @typedef {{css: string, key: string, within: string | null}} RowRule */
/**
 * @typedef {{
 *   name: string, css: string, attribute: string | null, unless: string | null,
 *   read: "dataset" | "value" | "text" | "present" | "each" | "attribute",
 * }} SignRule
 */
/** @typedef {Record<Part, NodeRule> & {rows: RowRule, signs: SignRule[]}} Hooks */
/** @typedef {{name: string, flush: string, capacity: number, hooks: Hooks}} Config */
/** @typedef {{key: string, offset: number} | null} Anchor */
/**
 * @typedef {object} Frame
 * @property {number} t
 * @property {number | null} step
 * @property {number | null} timeline
 * @property {number | null} viewport
 * @property {number | null} composer
 * @property {number} rows
 * @property {number} scroll_top
 * @property {number} scroll_height
 * @property {number} client_height
 * @property {Anchor} anchor
 * @property {number} repeats
 */
/** @typedef {DOMRectReadOnly} Rect */
/** @typedef {{node: Node | null, previousRect: Rect, currentRect: Rect}} Source */
/** @typedef {PerformanceEntry & {value: number, hadRecentInput: boolean, sources: Source[]}} LayoutShift */
/** @typedef {{look: (frame: Frame) => void, end: () => void}} Waiter */

((/** @type {Config} */ config) => {
  // biome-ignore lint/suspicious/noRedundantUseStrict: it runs as a classic script, not as a module
  "use strict";
  const page = window;
  const bindings = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (page));
  const flush = /** @type {((answer: string) => Promise<unknown>) | undefined} */ (
    bindings[config.flush]
  );
  delete bindings[config.flush];
  if (page.parent !== page || config.name in bindings) return;

  // ---- natives, as they were before the app could replace them
  const { apply } = Reflect;
  /**
   * @template {(...args: any[]) => any} F
   * @param {F} method
   * @returns {(self: unknown, ...args: Parameters<F>) => ReturnType<F>}
   */
  const native =
    (method) =>
    (self, ...args) =>
      apply(method, self, args);
  /**
   * @param {object} prototype
   * @param {string} name
   * @returns {(self: unknown) => any}
   */
  const getter = (prototype, name) => {
    const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
    if (!get) throw new TypeError(`this browser has no ${name}`);
    return native(get);
  };
  const performance = page.performance;
  const clock = native(performance.now);
  const now = () => clock(performance);
  const findInDocument = native(Document.prototype.querySelector);
  const findInElement = native(Element.prototype.querySelector);
  const findAll = native(Element.prototype.querySelectorAll);
  const closestTo = native(Element.prototype.closest);
  const attributeOf = native(Element.prototype.getAttribute);
  const attributeNamesOf = native(Element.prototype.getAttributeNames);
  const findAllInDocument = native(Document.prototype.querySelectorAll);
  const addressOf = (/** @type {Window} */ from) => from.location.href;
  const rectOf = native(Element.prototype.getBoundingClientRect);
  const contains = native(Node.prototype.contains);
  const isConnected = getter(Node.prototype, "isConnected");
  const textOf = getter(Node.prototype, "textContent");
  const wordsOf = getter(HTMLElement.prototype, "innerText");
  const parentOf = getter(Node.prototype, "parentElement");
  const topOf = getter(Element.prototype, "scrollTop");
  const heightOf = getter(Element.prototype, "scrollHeight");
  const clientHeightOf = getter(Element.prototype, "clientHeight");
  const idOfNode = native(WeakMap.prototype.get);
  const nameNode = native(WeakMap.prototype.set);
  const replace = /** @type {(self: string, pattern: RegExp, by: string) => string} */ (
    /** @type {unknown} */ (native(String.prototype.replace))
  );
  const includes = native(String.prototype.includes);
  const slice = native(String.prototype.slice);
  const trim = native(String.prototype.trim);
  const split = /** @type {(self: string, by: string) => string[]} */ (
    /** @type {unknown} */ (native(String.prototype.split))
  );
  const exec = native(RegExp.prototype.exec);
  const { min, max, abs, round } = Math;
  const stringify = JSON.stringify;
  const isList = Array.isArray;
  const setTimer = page.setTimeout.bind(page);
  const clearTimer = page.clearTimeout.bind(page);
  const nextFrame = page.requestAnimationFrame.bind(page);
  const captureStack =
    /** @type {{captureStackTrace?: (holder: object, below: Function) => void}} */ (Error)
      .captureStackTrace;
  const Later = Promise;
  const epoch = (/** @type {number} */ time) => round((performance.timeOrigin + time) * 10) / 10;
  const fine = (/** @type {number} */ length) => round(length * 1000) / 1000;

  // ---- what is held until it is drained
  /** @template T */
  class Ring {
    /** @param {number} capacity */
    constructor(capacity) {
      this.capacity = capacity;
      /** @type {T[]} */
      this.entries = [];
      this.start = 0;
      this.size = 0;
    }

    /** @param {T} entry */
    add(entry) {
      if (this.size === this.capacity) {
        const oldest = /** @type {{repeats?: number}} */ (this.entries[this.start]);
        lost += oldest.repeats ?? 1;
        this.start = (this.start + 1) % this.capacity;
      } else this.size++;
      this.entries[(this.start + this.size - 1) % this.capacity] = entry;
    }

    /** @returns {T[]} oldest first; the ring is empty afterwards */
    take() {
      /** @type {T[]} */
      const taken = [];
      for (let i = 0; i < this.size; i++) {
        taken[i] = /** @type {T} */ (this.entries[(this.start + i) % this.capacity]);
      }
      this.entries = [];
      this.start = this.size = 0;
      return taken;
    }
  }

  const { hooks, capacity } = config;
  // Frames are small; the others hold strings, and a row change holds a list of them.
  /** @type {Ring<Frame>} */
  const frames = new Ring(capacity);
  /** @type {Ring<{t: number, step: number | null, keys: string[]}>} */
  const rowChanges = new Ring(max(1, capacity >> 3));
  /** @type {Ring<object>} */
  const mounts = new Ring(max(1, capacity >> 2));
  /** @type {Ring<object>} */
  const shifts = new Ring(max(1, capacity >> 2));
  /** @type {Ring<object>} */
  const scrollWrites = new Ring(max(1, capacity >> 2));
  /** @type {Ring<object>} */
  const longTasks = new Ring(max(1, capacity >> 2));
  /** @type {Ring<{t: number, step: number | null, name: string, value: unknown}>} */
  const signs = new Ring(max(1, capacity >> 2));
  let lost = 0;
  let sampled = 0;
  let cost = 0;
  /** @type {string[]} */
  let errors = [];

  /** @param {unknown} error */
  const noteError = (error) => {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : "not an Error";
    for (let i = 0; i < errors.length; i++) if (errors[i] === text) return;
    if (errors.length < 8) errors[errors.length] = text;
  };
  /**
   * The app must never see an exception of the recorder.
   * @template T
   * @param {() => T} work
   * @returns {T | null}
   */
  const guarded = (work) => {
    try {
      return work();
    } catch (error) {
      noteError(error);
      return null;
    }
  };
  /** @param {() => void} work */
  const timed = (work) => {
    const started = now();
    guarded(work);
    cost += now() - started;
  };

  // A document is born without a step; Python knows which one it was born in.
  /** @type {number | null} */
  let step = null;
  /** @type {number | null} */
  let stepBefore = null;
  let stepFrom = 0;
  const stepAt = (/** @type {number} */ time) => (time < stepFrom ? stepBefore : step);

  // ---- identity: timeline, viewport, composer
  const PARTS = /** @type {const} */ (["timeline", "viewport", "composer"]);
  const ids = new WeakMap();
  let lastId = 0;
  /** @param {Element} node @returns {number} */
  const idOf = (node) => {
    const known = idOfNode(ids, node);
    if (known) return known;
    nameNode(ids, node, ++lastId);
    return lastId;
  };
  const identity = (/** @type {Element | null} */ node) => (node ? idOf(node) : null);
  /** @type {Record<Part, Element | null>} */
  const watched = { timeline: null, viewport: null, composer: null };
  /** @type {Record<Part, boolean>} */
  const mounted = { timeline: false, viewport: false, composer: false };
  let stale = true; // the structure changed since it was last read
  let mutations = 0;

  /** @param {NodeRule} rule @returns {Element | null} */
  const resolve = (rule) => {
    const root = rule.within === null ? null : findInDocument(document, rule.within);
    if (rule.within !== null && !root) return null;
    const node = root ? findInElement(root, rule.css) : findInDocument(document, rule.css);
    return node && rule.closest !== null ? closestTo(node, rule.closest) : node;
  };
  /** @param {Part} part @param {"mount" | "unmount"} kind */
  const noteMount = (part, kind) => {
    const node = watched[part];
    if (!node || mounted[part] === (kind === "mount")) return;
    mounted[part] = kind === "mount";
    mounts.add({ t: epoch(now()), step, part, node: idOf(node), kind });
  };
  /** @param {Part} part */
  const adopt = (part) => {
    const node = resolve(hooks[part]);
    if (node === watched[part]) return;
    watched[part] = node;
    mounted[part] = false;
    noteMount(part, "mount");
  };
  /** @param {NodeList} nodes @param {"mount" | "unmount"} kind */
  const moved = (nodes, kind) => {
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (node?.nodeType !== 1) continue;
      stale = true;
      for (let p = 0; p < PARTS.length; p++) {
        const part = /** @type {Part} */ (PARTS[p]);
        if (watched[part] && contains(node, watched[part])) noteMount(part, kind);
      }
    }
  };
  // Records come in order, so a node swapped and back in one task is seen to go and to come.
  const onMutations = (/** @type {MutationRecord[]} */ records) => {
    mutations++;
    for (let i = 0; i < records.length; i++) {
      const record = /** @type {MutationRecord} */ (records[i]);
      if (record.type === "attributes") stale = true;
      moved(record.removedNodes, "unmount");
      moved(record.addedNodes, "mount");
    }
    if (!stale) return;
    for (let p = 0; p < PARTS.length; p++) {
      const part = /** @type {Part} */ (PARTS[p]);
      const node = watched[part];
      if (node && isConnected(node)) continue;
      noteMount(part, "unmount");
      adopt(part);
    }
  };
  /** @returns {string[]} the attributes that the rules depend on */
  const attributesOfInterest = () => {
    const rules = [hooks.timeline, hooks.viewport, hooks.composer, hooks.rows];
    const text = rules.map((rule) => Object.values(rule).join(" ")).join(" ");
    const names = [...text.matchAll(/\[\s*([\w-]+)/g)].map((match) => match[1] ?? "");
    return [...new Set([hooks.rows.key, "class", "id", ...names])];
  };

  // ---- rows and the reading anchor
  /** @type {ArrayLike<Element>} */
  let rows = [];
  /** @type {string[]} */
  let keys = [];
  let keysVersion = 0;
  let stacked = true; // the rows stand one below the other in document order
  let anchorIndex = 0;
  const keyOf = (/** @type {Element} */ row) => attributeOf(row, hooks.rows.key) ?? "";
  const rowAt = (/** @type {number} */ i) => /** @type {Element} */ (rows[i]);

  /** @returns {ArrayLike<Element>} */
  const findRows = () => {
    const { css, within } = hooks.rows;
    const root = within === null ? watched.timeline : findInDocument(document, within);
    return root ? findAll(root, css) : [];
  };
  const areStacked = () => {
    let above = -Infinity;
    for (let i = 0; i < rows.length; i++) {
      const { top } = rectOf(rowAt(i));
      if (top < above) return false;
      above = top;
    }
    return true;
  };
  const readRows = () => {
    rows = findRows();
    let same = rows.length === keys.length;
    for (let i = 0; same && i < rows.length; i++) same = keyOf(rowAt(i)) === keys[i];
    if (same) return;
    keys = [];
    for (let i = 0; i < rows.length; i++) keys[i] = keyOf(rowAt(i));
    keysVersion++;
    stacked = areStacked();
    rowChanges.add({ t: epoch(now()), step, keys });
  };
  const look = () => {
    stale = false;
    for (let p = 0; p < PARTS.length; p++) adopt(/** @type {Part} */ (PARTS[p]));
    readRows();
  };
  /** @param {number} edge @returns {number} the first row that reaches below `edge`, or -1 */
  const firstBelow = (edge) => {
    const reaches = (/** @type {number} */ i) => rectOf(rowAt(i)).bottom > edge;
    let i = max(0, min(anchorIndex, rows.length - 1));
    while (i > 0 && reaches(i - 1)) i--;
    while (i < rows.length && !reaches(i)) i++;
    return i < rows.length ? i : -1;
  };
  /** @param {number} edge @returns {number} the same for rows that stand in any order */
  const highestBelow = (edge) => {
    let best = -1;
    let bestTop = Infinity;
    for (let i = 0; i < rows.length; i++) {
      const { top, bottom } = rectOf(rowAt(i));
      if (bottom > edge && top < bestTop) {
        best = i;
        bestTop = top;
      }
    }
    return best;
  };
  /** @param {Element} viewport @returns {Anchor} */
  const anchorIn = (viewport) => {
    if (!rows.length) return null;
    const edge = viewport === document.documentElement ? 0 : rectOf(viewport).top;
    // Half a pixel: a row that ends on the edge is not the one being read.
    const index = stacked ? firstBelow(edge + 0.5) : highestBelow(edge + 0.5);
    if (index < 0) return null;
    anchorIndex = index;
    const offset = rectOf(rowAt(index)).top - edge;
    // Below the lower edge nobody reads it either.
    return offset < clientHeightOf(viewport)
      ? { key: keys[index] ?? "", offset: fine(offset) }
      : null;
  };

  const tidy = (/** @type {string} */ text) => trim(replace(text, /\s+/g, " "));

  // ---- signs: what the app tells about itself
  /** @type {Record<string, string>} */
  let told = {};
  /** @param {Element | null} node */
  const dataOf = (node) => {
    if (!node) return null;
    /** @type {Record<string, string>} */
    const found = {};
    const names = attributeNamesOf(node);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] ?? "";
      if (slice(name, 0, 5) === "data-") found[slice(name, 5)] = attributeOf(node, name) ?? "";
    }
    return found;
  };
  /** @param {SignRule} rule */
  const readEach = ({ css, attribute }) => {
    const nodes = findAllInDocument(document, css);
    const found = [];
    for (let i = 0; i < nodes.length; i++) {
      const node = /** @type {Element} */ (nodes[i]);
      found[i] = attribute === null ? tidy(textOf(node) ?? "") : attributeOf(node, attribute);
    }
    return found;
  };
  /** @param {SignRule} rule @returns {unknown} */
  const readSign = (rule) => {
    if (rule.unless && findInDocument(document, rule.unless) !== null) return null;
    if (rule.read === "each" || rule.read === "attribute") return readEach(rule);
    const node = findInDocument(document, rule.css);
    if (rule.read === "present") return node !== null;
    if (rule.read === "dataset") return dataOf(node);
    if (rule.read === "text") return node && trim(wordsOf(node) ?? "");
    return node && "value" in node ? node.value : null;
  };
  /** @param {string} name @param {unknown} value @param {number} t */
  const tell = (name, value, t) => {
    const text = stringify(value);
    if (told[name] === text) return;
    told[name] = text;
    signs.add({ t, step, name, value });
  };
  // What is typed and where the page is changes without a mutation; all else only with one.
  let signsStale = true;
  const readSigns = () => {
    const t = epoch(now());
    tell("address", addressOf(page), t);
    for (let i = 0; i < hooks.signs.length; i++) {
      const rule = /** @type {SignRule} */ (hooks.signs[i]);
      if (signsStale || rule.read === "value") tell(rule.name, readSign(rule), t);
    }
    signsStale = false;
  };

  // ---- a frame, after paint
  /** @type {Frame | null} */
  let last = null;
  let lastAddress = "";
  /** @type {Waiter[]} */
  let waiters = [];

  /** @returns {Frame} */
  const readFrame = () => {
    const { timeline, viewport, composer } = watched;
    return {
      t: epoch(now()),
      step,
      timeline: identity(timeline),
      viewport: identity(viewport),
      composer: identity(composer),
      rows: keys.length,
      scroll_top: viewport ? fine(topOf(viewport)) : 0,
      scroll_height: viewport ? heightOf(viewport) : 0,
      client_height: viewport ? clientHeightOf(viewport) : 0,
      anchor: viewport ? anchorIn(viewport) : null,
      repeats: 1,
    };
  };
  /** @param {Frame} a @param {Frame} b */
  const alike = (a, b) =>
    a.step === b.step &&
    a.timeline === b.timeline &&
    a.viewport === b.viewport &&
    a.composer === b.composer &&
    a.rows === b.rows &&
    a.scroll_top === b.scroll_top &&
    a.scroll_height === b.scroll_height &&
    a.client_height === b.client_height &&
    a.anchor?.key === b.anchor?.key &&
    a.anchor?.offset === b.anchor?.offset;
  // Input is served before every other task, so it can change the page between a paint and its
  // sample: what stands then was never painted. The next frame shows what came of it.
  let touched = false;
  const sample = () => {
    if (touched) return;
    sampled++;
    readSigns(); // first, so that what a frame shows is never older than the address it has
    if (stale) look();
    const frame = readFrame();
    const address = addressOf(page);
    // Under another address the same rows are another thing to see.
    if (last && lastAddress === address && alike(last, frame)) last.repeats++;
    else {
      last = frame;
      lastAddress = address;
      frames.add(frame);
    }
    const present = waiters;
    for (let i = 0; i < present.length; i++) present[i]?.look(frame);
    if (leaving) flushNews();
  };
  // A task of the highest priority posted from the frame runs right after its paint, before any
  // other task can put the page into a state that is never painted.
  /** @returns {() => void} */
  const afterPaint = () => {
    const scheduler = /** @type {{postTask?: (work: () => void, options: object) => unknown}} */ (
      /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (page)).scheduler ?? {}
    );
    const { postTask } = scheduler;
    const sampling = () => timed(sample);
    if (postTask) {
      const urgent = { priority: "user-blocking" };
      return () => apply(postTask, scheduler, [sampling, urgent]);
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = sampling;
    const post = native(port2.postMessage);
    return () => post(port2, null);
  };
  const sampleAfterPaint = afterPaint();
  const onFrame = () => {
    touched = false;
    nextFrame(onFrame);
    sampleAfterPaint();
  };

  // ---- layout shifts and long tasks
  /** @param {Node | null} node */
  const describe = (node) => {
    if (!node) return "(gone)";
    const element = node.nodeType === 1 ? /** @type {Element} */ (node) : parentOf(node);
    if (!element) return node.nodeName;
    const { key } = hooks.rows;
    const row = closestTo(element, `[${key}]`);
    const part = attributeOf(element, "data-component");
    const name = element.localName + (element.id ? `#${element.id}` : "");
    const own = part ? `${name}[data-component="${part}"]` : name;
    return row ? `${own} in [${key}="${attributeOf(row, key)}"]` : own;
  };
  /** @param {Source} source */
  const describeSource = ({ node, previousRect, currentRect }) => ({
    node: describe(node),
    in_timeline: !!(node && watched.timeline && contains(watched.timeline, node)),
    dy: fine(currentRect.y - previousRect.y),
  });
  /** @param {LayoutShift} entry */
  const noteShift = (entry) => {
    const sources = [];
    for (let i = 0; i < entry.sources.length; i++) {
      sources[i] = describeSource(/** @type {Source} */ (entry.sources[i]));
    }
    shifts.add({
      t: epoch(entry.startTime),
      step: stepAt(entry.startTime),
      value: entry.value,
      recent_input: entry.hadRecentInput,
      sources,
    });
  };
  /** @param {PerformanceEntry} entry */
  const noteLongTask = ({ startTime, duration }) =>
    longTasks.add({ t: epoch(startTime), step: stepAt(startTime), duration });
  /**
   * @param {string} type
   * @param {(entry: any) => void} note
   * @returns {() => void} notes what is still on its way
   */
  const observe = (type, note) => {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) return () => {};
    const noteAll = (/** @type {PerformanceEntry[]} */ entries) =>
      timed(() => {
        for (let i = 0; i < entries.length; i++) note(entries[i]);
      });
    const observer = new PerformanceObserver((list) => noteAll(list.getEntries()));
    observer.observe({ type, buffered: true });
    return () => noteAll(observer.takeRecords());
  };
  const takeShifts = observe("layout-shift", noteShift);
  const takeLongTasks = observe("longtask", noteLongTask);

  // ---- who moves the viewport
  /** @param {unknown} self @param {string} api @returns {Element | null} */
  const viewportMovedBy = (self, api) => {
    let { viewport } = watched;
    // It may have entered the document in this very task.
    if (!viewport || !isConnected(viewport)) viewport = resolve(hooks.viewport);
    if (!viewport || self === viewport) return viewport;
    if (self === page || self === undefined)
      return viewport === document.scrollingElement ? viewport : null;
    if (api !== "scrollIntoView" || !(self instanceof Node)) return null;
    return contains(viewport, self) ? viewport : null;
  };
  /** @param {string} api @param {unknown[]} args @param {number} before @returns {number | null} */
  const askedTop = (api, args, before) => {
    if (api === "scrollIntoView") return null;
    const options = /** @type {{top?: unknown} | null} */ (
      typeof args[0] === "object" && args.length === 1 ? args[0] : null
    );
    const top = options ? options.top : args[api === "scrollTop" ? 0 : 1];
    if (typeof top !== "number") return null;
    return api === "scrollBy" ? before + top : top;
  };
  /** @param {object} holder @returns {string[]} the callers, nearest first */
  const callers = (holder) => {
    const { stack } = /** @type {{stack?: unknown}} */ (holder);
    const lines = typeof stack === "string" ? split(stack, "\n") : [];
    /** @type {string[]} */
    const found = [];
    for (let i = 0; i < lines.length && found.length < 4; i++) {
      const match = exec(/^\s*at (?:(.*?) \()?(.*?:\d+):\d+\)?$/, lines[i] ?? "");
      if (match) found[found.length] = `${match[1] ?? "(anonymous)"} (${match[2]})`;
    }
    return found;
  };
  /** @param {Element} viewport @param {number} before @param {number | null} asked */
  const hasMoved = (viewport, before, asked) => {
    if (topOf(viewport) !== before) return true;
    if (asked === null) return false;
    // A smooth scroll has not moved yet, but it will.
    const end = heightOf(viewport) - clientHeightOf(viewport);
    return abs(max(before < 0 ? -end : 0, min(asked, end)) - before) > 0.5;
  };
  /**
   * The browser's own method with an eye on it: a proxy keeps its name, length and native `toString`.
   * @template {(...args: any[]) => unknown} F
   * @param {string} api
   * @param {F} method
   * @returns {F}
   */
  const watchedMethod = (api, method) =>
    new Proxy(method, {
      apply: function observed(target, self, args) {
        const viewport = guarded(() => viewportMovedBy(self, api));
        const before = viewport ? topOf(viewport) : 0;
        const result = apply(target, self, args);
        if (!viewport) return result;
        timed(() => {
          const value = askedTop(api, args, before);
          if (!hasMoved(viewport, before, value)) return;
          const holder = {};
          captureStack?.(holder, observed);
          scrollWrites.add({ t: epoch(now()), step, api, before, value, stack: callers(holder) });
        });
        return result;
      },
    });
  /** @param {object} owner @param {string} api */
  const watchMethod = (owner, api) => {
    const descriptor = Object.getOwnPropertyDescriptor(owner, api);
    if (!descriptor) return;
    if (descriptor.set) descriptor.set = watchedMethod(api, descriptor.set);
    else descriptor.value = watchedMethod(api, descriptor.value);
    Object.defineProperty(owner, api, descriptor);
  };

  // ---- waiting
  const textAt = (/** @type {number} */ i) => tidy(textOf(rowAt(i)) ?? "");
  // A new list each time: a waiter may end while the frame is being shown to the others.
  /** @param {Waiter} one */
  const without = (one) => {
    /** @type {Waiter[]} */
    const others = [];
    for (let i = 0; i < waiters.length; i++) {
      if (waiters[i] !== one) others[others.length] = /** @type {Waiter} */ (waiters[i]);
    }
    return others;
  };
  /**
   * @template T
   * @param {number} deadline milliseconds
   * @param {(frame: Frame) => T | null} look null while there is more to wait for
   * @param {() => T} end what to say at the deadline, also when no frame comes any more
   * @returns {Promise<string>}
   */
  const waitFor = (deadline, look, end) =>
    new Later((done) => {
      /** @param {T} value */
      const finish = (value) => {
        clearTimer(timer);
        waiters = without(waiter);
        done(answer(value));
      };
      /** @type {Waiter} */
      const waiter = {
        look: (frame) => {
          const value = look(frame);
          if (value !== null) finish(value);
        },
        end: () => finish(/** @type {T} */ (guarded(end))),
      };
      const timer = setTimer(waiter.end, deadline);
      waiters = without(waiter);
      waiters[waiters.length] = waiter;
    });

  /** @typedef {Frame & {keysVersion: number, text: string}} Still */
  /** @param {Still} a @param {Still} b @param {number} tolerance @returns {string[]} what differs */
  const movement = (a, b, tolerance) => {
    const apart = (/** @type {number} */ x, /** @type {number} */ y) => abs(x - y) > tolerance;
    const anchors =
      a.anchor && b.anchor ? apart(a.anchor.offset, b.anchor.offset) : a.anchor !== b.anchor;
    /** @type {[string, boolean][]} */
    const checks = [
      ["timeline node", a.timeline !== b.timeline],
      ["viewport node", a.viewport !== b.viewport],
      ["composer node", a.composer !== b.composer],
      ["rows", a.keysVersion !== b.keysVersion],
      ["scroll position", apart(a.scroll_top, b.scroll_top)],
      ["content height", apart(a.scroll_height, b.scroll_height)],
      ["viewport height", apart(a.client_height, b.client_height)],
      ["first visible message", a.anchor?.key !== b.anchor?.key || anchors],
      ["last message's text", a.text !== b.text],
    ];
    /** @type {string[]} */
    const names = [];
    for (let i = 0; i < checks.length; i++) {
      const check = checks[i];
      if (check?.[1]) names[names.length] = check[0];
    }
    return names;
  };
  /** @param {unknown} found @param {unknown} wanted whether it is that, or has all of that in it */
  const agrees = (found, wanted) => {
    if (typeof wanted !== "object" || wanted === null || isList(wanted)) {
      return stringify(found) === stringify(wanted);
    }
    for (const name in wanted) {
      const key = /** @type {keyof typeof wanted} */ (name);
      const has = found !== null && typeof found === "object" ? found[key] : undefined;
      if (has !== wanted[key]) return false;
    }
    return true;
  };
  /** @param {Record<string, unknown>} wanted @returns {string[]} the signs that say otherwise */
  const disagreeing = (wanted) => {
    const names = [];
    for (let i = 0; i < hooks.signs.length; i++) {
      const rule = /** @type {SignRule} */ (hooks.signs[i]);
      const asked = rule.name in wanted;
      if (asked && !agrees(readSign(rule), wanted[rule.name])) names[names.length] = rule.name;
    }
    return names;
  };
  /** A page without rows is likelier between two pages than at rest: it must stay so much longer. */
  const EMPTY = 20;
  /**
   * What the app is to tell of itself is waited for first, as long as `telling` milliseconds.
   * @param {{
   *   deadline: number, frames: number, tolerance: number, empty: boolean,
   *   wanted: Record<string, unknown>, telling: number,
   * }} wish
   */
  const waitRest = ({ deadline, frames: enough, tolerance, empty, wanted, telling }) => {
    const doubtful = now() + telling;
    let heard = false;
    /** @type {string[]} */
    let untold = [];
    /** @type {Still | null} */
    let first = null;
    let run = 0;
    let seen = 0;
    let text = "";
    let textFrom = -1;
    /** @type {Record<string, number>} */
    const movedAt = {};
    // Not before a frame: what has just been let go may not have reached the page yet.
    const listen = () => {
      untold = disagreeing(wanted);
      heard = !untold.length || now() >= doubtful;
      return heard;
    };
    const lookAt = (/** @type {Frame} */ frame) => {
      seen++;
      if (!heard && !listen()) return null;
      if (textFrom !== mutations) text = rows.length ? textAt(rows.length - 1) : "";
      textFrom = mutations;
      const still = { ...frame, keysVersion, text };
      const names = first ? movement(first, still, tolerance) : [];
      for (let i = 0; i < names.length; i++) movedAt[names[i] ?? ""] = seen;
      if (!first || names.length) {
        first = still;
        run = 0;
      }
      run++;
      const rests = run >= (rows.length || empty ? enough : enough * EMPTY);
      return rests ? { moving: [], untold } : null;
    };
    const stillMoving = () => {
      const names = [];
      for (const name in movedAt) {
        if ((movedAt[name] ?? 0) > seen - 10) names[names.length] = name;
      }
      if (!names.length) names[0] = `painting (${seen} frames came)`;
      if (!heard) untold = disagreeing(wanted);
      return { moving: names, untold };
    };
    return waitFor(deadline, lookAt, stillMoving);
  };
  /** @param {string[]} wantedKeys @param {string[]} wantedTexts @returns {string[]} */
  const missing = (wantedKeys, wantedTexts) => {
    const names = [];
    for (let k = 0; k < wantedKeys.length; k++) {
      let found = false;
      for (let i = 0; !found && i < keys.length; i++) found = keys[i] === wantedKeys[k];
      if (!found) names[names.length] = wantedKeys[k] ?? "";
    }
    for (let k = 0; k < wantedTexts.length; k++) {
      const wanted = tidy(wantedTexts[k] ?? "");
      let found = false;
      for (let i = rows.length - 1; !found && i >= 0; i--) found = includes(textAt(i), wanted);
      if (!found) names[names.length] = wantedTexts[k] ?? "";
    }
    return names;
  };
  /** @param {{deadline: number, keys: string[], texts: string[]}} wish */
  const waitShown = ({ deadline, keys: wantedKeys, texts }) => {
    let from = -1;
    const lookAt = () => {
      if (from === mutations) return null;
      from = mutations;
      const names = missing(wantedKeys, texts);
      return names.length ? null : names;
    };
    const stillMissing = () => {
      look();
      return missing(wantedKeys, texts);
    };
    return waitFor(deadline, lookAt, stillMissing);
  };

  // ---- what Python asks
  /** @param {unknown} value @returns {string} */
  const answer = (value) => {
    const text = stringify({ value, errors });
    errors = [];
    return text;
  };
  const lastRows = () => {
    if (stale) look();
    const shown = [];
    for (let i = max(0, rows.length - 12); i < rows.length; i++) {
      const text = slice(trim(textOf(rowAt(i)) ?? ""), 0, 400);
      shown[shown.length] = { key: keyOf(rowAt(i)), text };
    }
    return shown;
  };
  /** @returns {string} what stands in the composer */
  const composed = () => {
    const node = findInDocument(document, hooks.composer.css);
    if (!node) return "";
    return trim("value" in node ? node.value : (wordsOf(node) ?? ""));
  };
  const serial = `${performance.timeOrigin}-${Math.random()}`;
  const take = () => {
    takeShifts();
    takeLongTasks();
    const shown = guarded(lastRows) ?? [];
    const unsent = guarded(composed) ?? "";
    const held = {
      document: serial,
      entries: {
        frames: frames.take(),
        row_changes: rowChanges.take(),
        mounts: mounts.take(),
        shifts: shifts.take(),
        scroll_writes: scrollWrites.take(),
        long_tasks: longTasks.take(),
        signs: signs.take(),
      },
      shown,
      unsent,
      lost,
      sampled,
      cost_ms: fine(cost),
    };
    lost = sampled = cost = 0;
    return held;
  };
  /** @param {{step: number, next: number}} steps @returns {string} */
  const drain = ({ step: current, next }) => {
    const held = take();
    last = null; // each step begins with a frame of its own, and all that the app tells
    told = {};
    signsStale = true;
    stepBefore = step ?? current;
    step = next;
    stepFrom = now();
    return answer(held);
  };
  const missingHooks = () => {
    look();
    const names = [];
    for (let p = 0; p < PARTS.length; p++) {
      const part = /** @type {Part} */ (PARTS[p]);
      if (!watched[part]) names[names.length] = part;
    }
    let keyed = rows.length > 0;
    for (let i = 0; i < keys.length; i++) keyed &&= keys[i] !== "";
    if (!keyed) names[names.length] = "rows";
    return answer(names);
  };

  // ---- at work
  // What a document says while it is being replaced reaches nobody. So from the moment it is asked
  // to leave, which may yet come to nothing, all news is told at every frame.
  let leaving = false;
  const flushNews = () => {
    const news =
      frames.size + rowChanges.size + mounts.size + scrollWrites.size + shifts.size + signs.size;
    if (flush && news) flush(answer(take())).then(undefined, () => {});
  };
  const onLeaving = () => {
    leaving = true;
    flushNews();
  };
  const api = {
    drain,
    look: () => answer(last),
    wait_rest: waitRest,
    wait_shown: waitShown,
    missing_hooks: () => guarded(missingHooks) ?? answer([]),
  };
  Object.defineProperty(page, config.name, { value: Object.freeze(api) });
  watchMethod(Element.prototype, "scrollTop");
  for (const name of ["scroll", "scrollTo", "scrollBy", "scrollIntoView"]) {
    watchMethod(Element.prototype, name);
    watchMethod(page, name);
  }
  new MutationObserver((records) => timed(() => onMutations(records))).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: attributesOfInterest(),
  });
  if (hooks.signs.length) {
    new MutationObserver(() => {
      signsStale = true;
    }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  }
  for (const sign of ["beforeunload", "pagehide"]) {
    page.addEventListener(sign, () => guarded(onLeaving), { capture: true });
  }
  const touch = () => {
    touched = true;
  };
  for (const type of ["input", "keydown", "keyup", "pointerdown", "pointerup", "click", "wheel"]) {
    page.addEventListener(type, touch, { capture: true, passive: true });
  }
  nextFrame(onFrame);
})(/** @type {Config} */ (/** @type {unknown} */ ("CONFIG")));
