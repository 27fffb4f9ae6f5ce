// The browser's part of the playground: hands clicks and keys to the server, keeps logs scrolled to their end,
// remembers the appearance, and shows one window at a time on a phone.
(() => {
  const NEAR = 80;
  const root = document.documentElement;
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const tell = (data) => emitEvent("playground", data);
  // another room or another person: the end of the talk is what one wants to see
  let redrawn = 0;
  const redraws = (data) => {
    redrawn = Date.now();
    // a page that is loaded anew is of the same person
    if (data.act === "choose") {
      const address = new URL(location.href);
      address.searchParams.set("as", data.value);
      history.replaceState(history.state, "", address);
    }
    // a change that was begun goes with the room, or the person, that it was begun in
    if (data.act !== "door") {
      all(".win")
        .filter((win) => (data.act === "choose" || win.dataset.slot === data.slot) && find(".aim.edit", win))
        .forEach((win) => {
          const area = find("textarea", win);
          area.value = "";
          grow(area);
        });
    }
    all(".log").forEach((log) => (log.dataset.stick = "yes"));
    tell(data);
  };
  const writer = (slot) => find(`textarea[data-slot="${slot}"]`);

  // appearance, before anything is drawn
  const THEMES = ["auto", "light", "dark"];
  const theme = () => localStorage.getItem("minqing-theme") || "auto";
  const dress = () => {
    root.dataset.theme = theme();
    const button = find("button.theme");
    const sign = find(`[data-theme-sign="${theme()}"]`);
    if (button && sign && button.title !== sign.dataset.label) {
      button.title = sign.dataset.label;
      button.setAttribute("aria-label", sign.dataset.label);
    }
  };
  dress();

  const grow = (area) => {
    area.style.height = "auto";
    // what is not shown yet has no height to go by
    const lines = area.scrollHeight && area.scrollHeight + area.offsetHeight - area.clientHeight;
    area.style.height = lines ? `${Math.min(lines, 132)}px` : "";
  };
  // what is written and not yet sent outlives a reload; the change of a line does not, since what it changes is forgotten
  const draft = (area) => `minqing-draft-${area.dataset.slot}`;
  const keep = (area) => {
    grow(area);
    sessionStorage.setItem(draft(area), find(".aim.edit", area.closest(".win")) ? "" : area.value);
  };
  const write = (slot, text) => {
    const area = writer(slot);
    if (!area) return;
    if (text !== null && text !== undefined) area.value = text;
    grow(area);
    area.focus();
  };
  const say = (slot) => {
    const area = writer(slot);
    if (window.socket && !window.socket.connected) return;
    const count = [...area.value].length;
    if (count > Number(area.dataset.longest)) return tell({ act: "long", slot, count });
    tell({ act: "say", slot, text: area.value });
    area.value = "";
    keep(area);
    const log = find(".log", area.closest(".win"));
    log.dataset.stick = "yes";
    area.focus();
  };
  const cancel = (slot) => {
    const area = writer(slot);
    if (find(".aim.edit", area.closest(".win"))) area.value = "";
    keep(area);
    tell({ act: "cancel", slot });
    area.focus();
  };

  const tab = (slot) => {
    document.body.dataset.tab = slot;
    all(".tabs button").forEach((button) => {
      const chosen = button.dataset.slot === slot;
      button.setAttribute("aria-selected", chosen);
      if (chosen) find("i", button).hidden = true;
    });
    all(".log").forEach(settle);
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("a, summary")) return;
    const hit = event.target.closest("[data-act]");
    if (!hit || hit.tagName === "SELECT" || hit.disabled) return;
    const { act, slot, post, n, text, user } = hit.dataset;
    if (act === "reply" && hit.classList.contains("bubble") && !getSelection().isCollapsed) return;
    if (act === "say") return say(slot);
    if (act === "cancel") return cancel(slot);
    if (act === "try") return write(slot, text);
    if (act === "tab") return tab(slot);
    if (act === "photo") return runMethod(Number(hit.dataset.picker), "pickFiles", []);
    if (act === "latest") {
      const log = find(".log", hit.closest(".win"));
      log.dataset.stick = "yes";
      return settle(log);
    }
    if (act === "theme") {
      localStorage.setItem("minqing-theme", THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
      return dress();
    }
    if (act === "press") {
      hit.classList.add("pressed");
      setTimeout(() => hit.classList.remove("pressed"), 1600);
    }
    (act === "choose" ? redraws : tell)({ act, slot, post, n, value: user });
  });

  document.addEventListener("change", (event) => {
    const choice = event.target.closest("select[data-act]");
    if (choice && choice.value) redraws({ act: choice.dataset.act, slot: choice.dataset.slot, value: choice.value });
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-slot]")) keep(event.target);
  });

  document.addEventListener("keydown", (event) => {
    // Alt+1 … Alt+5: to the place to write of each window
    const digit = event.altKey && /^Digit([1-5])$/.exec(event.code);
    if (digit) {
      event.preventDefault();
      const { slot } = all(".win")[digit[1] - 1].dataset;
      tab(slot);
      return writer(slot).focus();
    }
    const area = event.target.closest("textarea[data-slot]");
    if (area) {
      const composing = event.isComposing || event.keyCode === 229;
      if (event.key === "Enter" && !event.shiftKey && !composing) {
        event.preventDefault();
        say(area.dataset.slot);
      } else if (event.key === "Escape" && !composing) {
        cancel(area.dataset.slot);
      }
      return;
    }
    const chip = event.target.closest('[role="radio"], [role="tab"]');
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (chip && step) {
      event.preventDefault();
      const row = all(`[role="${chip.getAttribute("role")}"]`, chip.parentElement);
      const next = row[(row.indexOf(chip) + step + row.length) % row.length];
      next.focus();
      next.click();
    }
  });

  // logs: stay at the end unless somebody has scrolled up to read
  const settle = (log) => {
    if (log.dataset.stick !== "no") log.scrollTop = log.scrollHeight;
    log.closest(".win").classList.toggle("behind", log.dataset.stick === "no");
  };
  document.addEventListener(
    "scroll",
    (event) => {
      const log = event.target;
      if (!log.classList || !log.classList.contains("log")) return;
      log.dataset.stick = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR ? "yes" : "no";
      log.closest(".win").classList.toggle("behind", log.dataset.stick === "no");
    },
    true
  );
  document.addEventListener("load", (event) => event.target.closest?.(".log") && settle(event.target.closest(".log")), true);
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => settle(entry.target)));

  const reveal = () => {
    const chosen = find('.chips [aria-checked="true"]');
    const row = chosen?.parentElement;
    if (row) row.scrollLeft = chosen.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2;
  };
  let inPeople = false;
  document.addEventListener("focusin", (event) => (inPeople = Boolean(event.target.closest(".chips"))));

  const changed = (records) => {
    const logs = new Set();
    for (const record of records) {
      const at = record.target.nodeType === 1 ? record.target : record.target.parentElement;
      const log = at && at.closest(".log");
      if (log) logs.add(log);
      const added = log && record.target === log && record.addedNodes.length;
      if (added && Date.now() - redrawn > 800 && log.offsetParent === null) {
        const mark = find(`.tabs [data-slot="${log.closest(".win").dataset.slot}"] i`);
        if (mark) mark.hidden = false;
      }
    }
    logs.forEach(settle);
    if (records.some((record) => record.target.closest?.(".people"))) reveal();
    if (inPeople && document.activeElement === document.body) find('.chips [aria-checked="true"]')?.focus();
    dress();
  };
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(changed).observe(document.body, { childList: true, subtree: true, attributes: false });
    const wait = setInterval(() => {
      if (!find(".tabs button")) return;
      clearInterval(wait);
      all(".log").forEach((log) => sizes.observe(log));
      all("textarea[data-slot]").forEach((area) => {
        area.value ||= sessionStorage.getItem(draft(area)) || "";
        grow(area);
      });
      tab("unit");
      reveal();
      dress();
    }, 50);
  });

  window.playground = { write };
})();
