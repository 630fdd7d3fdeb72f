// Shows the API's own document; nothing is asked of any other host.
const place = document.getElementById("api");

window.SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  presets: [window.SwaggerUIBundle.presets.apis],
  validatorUrl: null,
  queryConfigEnabled: false,
  persistAuthorization: false,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
});
