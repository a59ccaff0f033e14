/**
 * The only script of the client's page, as text: its hash is in the page's policy. It runs in whatever browser the client has, from a file,
 * without a network; it reads what was filled in and offers it as a file and as lines for an e-mail. HAZARD: it must never make HTML of
 * what it reads, and never need more than the page itself.
 */
export const PAGE_SCRIPT = `
'use strict';
(function () {
  var request = JSON.parse(document.getElementById('request').textContent);
  var form = document.getElementById('answers');
  var nameField = document.getElementById('name');
  var mail = document.getElementById('mail');
  var said = document.getElementById('said');
  var posts = Array.prototype.slice.call(form.querySelectorAll('article'));
  document.documentElement.classList.add('scripted');

  function fill(text, values) {
    return text.replace(/\\{(\\w+)\\}/g, function (all, key) { return String(values[key]); });
  }
  function answers() {
    var found = [];
    posts.forEach(function (post) {
      var chosen = post.querySelector('input[type=radio]:checked');
      if (!chosen) return;
      found.push({
        post: Number(post.dataset.post),
        publishAt: Number(post.dataset.at),
        code: post.dataset.code,
        answer: chosen.value,
        remark: post.querySelector('textarea').value.trim(),
      });
    });
    return found;
  }
  function lines() {
    var head = request.head + '\\n' + request.nameWord + ': ' + nameField.value.trim() + '\\n' +
      'Date: ' + new Date().toISOString() + '\\n';
    return head + answers().map(function (one) {
      var word = one.answer === 'yes' ? request.yesWord : request.noWord;
      var remark = one.remark.replace(/\\s+/g, ' ');
      return '#' + one.post + '-' + one.code.slice(0, 10) + ' ' + word + (remark ? ': ' + remark : '');
    }).join('\\n') + '\\n';
  }
  function refresh() {
    mail.value = lines();
    said.textContent = fill(request.words.open, { n: answers().length, all: posts.length });
  }
  function isReady() {
    if (nameField.value.trim() === '') {
      said.textContent = request.words.nameMissing;
      nameField.setAttribute('aria-invalid', 'true');
      nameField.focus();
      return false;
    }
    nameField.removeAttribute('aria-invalid');
    if (answers().length === 0) {
      said.textContent = request.words.noneChosen;
      return false;
    }
    return true;
  }
  form.addEventListener('input', refresh);
  form.addEventListener('change', refresh);
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    if (!isReady()) return;
    var file = {
      format: 'all-stop-answers',
      version: 1,
      desk: request.desk,
      request: request.request,
      name: nameField.value.trim(),
      answeredAt: Date.now(),
      answers: answers(),
    };
    var blob = new Blob([JSON.stringify(file, null, 1) + '\\n'], { type: 'application/json' });
    var address = URL.createObjectURL(blob);
    var link = document.createElement('a');
    link.href = address;
    link.download = request.file;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
    said.textContent = fill(request.words.saved, { file: request.file });
  });
  document.getElementById('copy').addEventListener('click', function () {
    if (!isReady()) return;
    mail.value = lines();
    mail.focus();
    mail.select();
    var isCopied = false;
    try { isCopied = document.execCommand('copy'); } catch (error) { isCopied = false; }
    said.textContent = isCopied ? request.words.copied : request.words.notCopied;
  });
  refresh();
})();
`;
