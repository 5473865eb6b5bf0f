// Shows the contract of this relay in the language of the page. Nothing but this relay is called.
'use strict';

const isChinese = document.documentElement.lang.startsWith('zh');
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function followSystem() {
  document.documentElement.classList.toggle('dark-mode', dark.matches);
}

// In the contract each text in English has its Chinese beside it, under a name of its own.
function inChinese(node) {
  if (Array.isArray(node)) {
    return node.map(inChinese);
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  const said = {};
  for (const [name, value] of Object.entries(node)) {
    said[name] = inChinese(value);
  }
  for (const name of ['summary', 'description', 'title']) {
    const chinese = node['x-' + name + '-zh'];
    if (typeof chinese === 'string') {
      said[name] = chinese;
    }
  }
  return said;
}

const language = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (shown) => (spec) => shown(isChinese ? inChinese(spec) : spec),
      },
    },
  },
});

followSystem();
dark.addEventListener('change', followSystem);
window.SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  plugins: [language],
});
