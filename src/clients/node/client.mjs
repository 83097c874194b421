// A partner's first calls with npm "soap": no security of its own here, so the dialect "sandbox".
//
//   node client.mjs http://localhost:8080 [1.1|1.2]
//
// Prints a line a step; exits 0 only when every step came out as it should.
import assert from 'node:assert/strict';
import soap from 'soap';

const base = (process.argv[2] ?? 'http://localhost:8080').replace(/\/$/, '');
const version = process.argv[3] ?? '1.1';

/** A client of a service, from the WSDL for one SOAP version. */
function connect(area) {
  const wsdl = `${base}/contract/wsdl/${area}-v1-sandbox-${version === '1.2' ? 'soap12' : 'soap11'}.wsdl`;
  return soap.createClientAsync(wsdl, { forceSoap12Headers: version === '1.2' });
}

/** Prints a step after its checks. */
function step(text, ...pairs) {
  for (const [seen, wanted] of pairs) {
    assert.deepEqual(seen, wanted, text);
  }
  console.log(`  ${text}`);
}

/** The fault a call must end with: the contract's gatewayFault. */
async function faultOf(call) {
  const answer = await call.catch((error) => error);
  const fault = answer.root?.Envelope?.Body?.Fault;
  assert.ok(fault, `no fault, but ${answer.message ?? JSON.stringify(answer)}`);
  // SOAP 1.1 says detail, SOAP 1.2 Detail.
  return (fault.detail ?? fault.Detail).gatewayFault;
}

console.log(`npm soap, SOAP ${version}, sandbox`);
const customers = await connect('customer');
const orders = await connect('order');

// Your own numbers; a number once used always means the same record.
const run = Date.now().toString(36);
const customerNumber = `NODE-C-${run}`;
const orderNumber = `NODE-O-${run}`;
const name = `Müller Maschinenbau ${run}`;

// npm soap sends the fields in the order written here, so it must be the schema's.
const [{ receipt }] = await customers.createCustomerAsync({
  customer: {
    externalId: customerNumber,
    name,
    kind: 'ORGANIZATION',
    addresses: {
      address: [
        {
          addressKey: 'BILLING',
          kind: 'INVOICE',
          line1: 'Industriestraße 12',
          city: 'Stuttgart',
          postalCode: '70565',
          country: 'DE',
        },
      ],
    },
  },
});
step(`created customer ${receipt.id}`, [receipt.outcome, 'created'], [receipt.version, '1']);

const [{ customer }] = await customers.getCustomerAsync({ key: { externalId: customerNumber } });
step(
  `read it: ${customer.name}`,
  [customer.name, name],
  [customer.id, receipt.id],
  [customer.address[0].line1, 'Industriestraße 12'],
);

const [matches] = await customers.searchCustomersAsync({ filter: { name: `MÜLLER maschinenbau ${run}` } });
step('found it by its name, whatever the case', [matches.customer.map(({ id }) => id), [customer.id]]);

const order = {
  externalId: orderNumber,
  customer: { externalId: customerNumber },
  orderDate: '2026-03-02',
  currency: 'EUR',
  lines: {
    line: [
      {
        lineNumber: 10,
        item: '100-4711-B',
        description: 'Hexagon bolt M8 x 40',
        // Decimals as text: a number would lose digits.
        quantity: '500',
        unit: 'C62',
        unitPrice: '18.90',
        priceQuantity: '100',
        discountRate: '5',
        taxRate: '19',
      },
      {
        lineNumber: 20,
        item: '100-0815-A',
        description: 'Gear housing',
        quantity: '4',
        unit: 'C62',
        unitPrice: '240.00',
        discountAmount: '10.00',
        taxRate: '19',
      },
    ],
  },
  grossAmount: '1237.34',
};
const [{ receipt: placed }] = await orders.createOrderAsync({ order });
step(
  `placed order ${placed.id}, ${placed.grossAmount} EUR`,
  [placed.outcome, 'created'],
  [placed.status, 'PLACED'],
  [placed.grossAmount, '1237.34'],
);

// As after a lost answer: the same number and content get the first answer, and there is one order.
const [again] = await orders.createOrderAsync({ order });
step('sent it again: the same answer', [again.responseHeader.replayed, true], [again.receipt.id, placed.id]);

const [{ order: read }] = await orders.getOrderAsync({ key: { id: placed.id } });
step(
  `read it: ${read.line.length} lines`,
  [read.externalId, orderNumber],
  [read.customerExternalId, customerNumber],
  [read.line.map(({ lineNet }) => lineNet), ['89.78', '950.00']],
  [read.netAmount, '1039.78'],
);

const [found] = await orders.searchOrdersAsync({
  filter: { customer: { externalId: customerNumber }, status: 'PLACED' },
});
step('found it by its customer', [found.order.map(({ id }) => id), [placed.id]]);

const change = { externalId: orderNumber, expectedVersion: 1 };
const [{ receipt: changed }] = await orders.updateOrderAsync({ order: { ...change, notes: 'Deliver to gate 3.' } });
step(`changed it: version ${changed.version}`, [changed.outcome, 'updated'], [changed.version, '2']);

// Another change that starts from version 1 must not overwrite this one.
const stale = await faultOf(orders.updateOrderAsync({ order: { ...change, notes: 'Deliver to gate 4.' } }));
step(
  `stale change refused: ${stale.code}, current version ${stale.currentVersion}`,
  [stale.category, 'CONFLICT'],
  [stale.code, 'VERSION_STALE'],
  [stale.currentVersion, '2'],
  [stale.recordId, placed.id],
);
