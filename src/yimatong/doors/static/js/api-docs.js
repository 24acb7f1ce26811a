// Swagger UI from our own files; nothing is fetched from elsewhere.
window.SwaggerUIBundle({ url: "/api/schema/openapi.json", dom_id: "#api", validatorUrl: null, deepLinking: false });
