// Shows the API's own document; nothing is asked of any other host.
const place = document.getElementById("api");

window.SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  presets: [window.SwaggerUIBundle.presets.apis],
  validatorUrl: null,
  queryConfigEnabled: false,
  persistAuthorization: false,
  // There are hundreds of operations; drawing all of them at once takes many seconds.
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
});
