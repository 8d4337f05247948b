// Comfort only: the page does everything without this file.
// It keeps what was typed in this tab, and folds away what does not concern guests who stay home.
(() => {
  const form = document.getElementById('rsvp');
  const key = location.pathname.replace(/\/done$/, '');

  if (document.getElementById('saved')) {
    sessionStorage.removeItem(key);
    return;
  }
  if (!(form instanceof HTMLFormElement)) return;

  const fieldsOf = () =>
    [...new FormData(form).entries()].filter(([name]) => name !== 'revision' && name !== 'comfort');

  const restore = () => {
    const draft = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    // Answers that changed on the server since are newer than the draft.
    if (!draft || draft.revision !== form.dataset.revision) return;
    const wanted = new Set(draft.fields.map(([name, value]) => `${name}\n${value}`));
    const texts = new Map(draft.fields);
    for (const field of form.elements) {
      if (field.type === 'radio' || field.type === 'checkbox') {
        field.checked = wanted.has(`${field.name}\n${field.value}`);
      } else if (field.type === 'text' || field.type === 'textarea') {
        field.value = texts.get(field.name) ?? field.value;
      }
    }
  };

  const staysHome = (guest) => {
    const chosen = [...form.querySelectorAll(`input[name^="answer.${guest}."]`)];
    const events = new Set(chosen.map(({ name }) => name));
    const no = chosen.filter(({ checked, value }) => checked && value === 'no');
    return events.size > 0 && no.length === events.size;
  };

  const fold = () => {
    for (const part of form.querySelectorAll('[data-guest]')) {
      part.hidden = staysHome(part.dataset.guest);
    }
  };

  const keep = () => {
    const draft = { revision: form.dataset.revision, fields: fieldsOf() };
    sessionStorage.setItem(key, JSON.stringify(draft));
  };

  try {
    if (!document.querySelector('[role="alert"]')) restore();
  } catch {
    sessionStorage.removeItem(key);
  }
  fold();
  form.addEventListener('change', () => {
    fold();
    keep();
  });
  form.addEventListener('input', keep);
  document.querySelector('[role="alert"]')?.focus();
})();
