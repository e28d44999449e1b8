// What a SAML identity provider says of itself. Nobody's: the private half of its certificate was thrown away when it was made.

/** Self-signed, RSA 2048, from 2026-11-25 to 2046-11-20. */
const CERTIFICATE = [
  'MIIDHTCCAgWgAwIBAgIUPv4LfqkmnFf4Fj9CLyVH8rBU6CQwDQYJKoZIhvcNAQELBQAwHjEcMBoGA1UEAwwTaWRwLndvcmtsYWIu',
  'aW52YWxpZDAeFw0yNjExMjUyMDQ5MjNaFw00NjExMjAyMDQ5MjNaMB4xHDAaBgNVBAMME2lkcC53b3JrbGFiLmludmFsaWQwggEi',
  'MA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQC+cPMsLgp7OCypGnilxE/9Nwo+o89kSDhZuhO1kMPyHz5RVBC6NXKqmTyYty1/',
  'LiW7IM6sTNVOAI7a6eOJNm3xs87B3g4jUWoow27q6mZFESX7EbIA697usqi9xPxuSZqUJvNWot4Gpfz8QjqWHB5tgVB0lWBcv5yr',
  'cPZBo+p2tYpS1kbGceMrgySU4mfz7HfPjL4Mxb8aG+TMgeNOvctfDQZXhXl9GateVNgIsWqN+G0nt/Fmdv2Agk7xErodE2fiWj2t',
  '87evesoNW2i7krf0tO8REEkPdx+EJl3maLeqt0MIZ6mcIzslIgDdvhGaHiWhDbaZvia0O0chzJ8PuDY7AgMBAAGjUzBRMB0GA1Ud',
  'DgQWBBTMmgR7vPE+YjWlj6u/h+MT/AqpKjAfBgNVHSMEGDAWgBTMmgR7vPE+YjWlj6u/h+MT/AqpKjAPBgNVHRMBAf8EBTADAQH/',
  'MA0GCSqGSIb3DQEBCwUAA4IBAQCkuMBMRGVHbNC2IwJcUfACi3wETkznThJvnQ4MskBEgK02gR16uBp+wCnBAgxZDfxG6jc0M3SL',
  'mtwd6bVykfbpPK9gYib+/42N/AHciZtFJFfpKcCAv2TKXtgw6XmCUixs9uARyGHpRnL5MHitOEOj/Pe36jdsh7h+0AVZXYOyq9So',
  'MYrwvjRF0QA+hwjC7ubRhFhhBCtvi5ePq2LKOFur4GWWQbInuyfl7a5hJ+Z4dXm8KeKqhdfzoQK7XigFyangleQNzjmxOILYdLk1',
  'jvdOQXehQPV8jVuWOMP+WBe0gxsStNxWhF1I2C0cFX1hUpLHjk4OOGFDP72EgddN9jBt',
].join('');

export const METADATA = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.worklab.invalid/metadata">',
  '<IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
  '<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>',
  `<X509Certificate>${CERTIFICATE}</X509Certificate>`,
  '</X509Data></KeyInfo></KeyDescriptor>',
  '<NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</NameIDFormat>',
  '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.worklab.invalid/sso"/>',
  '</IDPSSODescriptor></EntityDescriptor>',
].join('');
