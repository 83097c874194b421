<?php
// A partner's first calls with PHP's SoapClient: no security of its own, so the dialect "sandbox".
//
//   php client.php http://localhost:8080 [1.1|1.2]
//
// Prints a line a step; exits 0 only when every step came out as it should. Needs the extension "soap".
declare(strict_types=1);

[$base, $version] = [rtrim($argv[1] ?? 'http://localhost:8080', '/'), $argv[2] ?? '1.1'];

function connect(string $base, string $area, string $version): SoapClient
{
    // The WSDL for one SOAP version: from one with both, SoapClient would take the wrong address.
    $wsdl = "$base/contract/wsdl/$area-v1-sandbox-" . ($version === '1.2' ? 'soap12' : 'soap11') . '.wsdl';
    return new SoapClient($wsdl, [
        'soap_version' => $version === '1.2' ? SOAP_1_2 : SOAP_1_1,
        // A list with one member stays a list.
        'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
        'cache_wsdl' => WSDL_CACHE_NONE,
        'connection_timeout' => 10,
    ]);
}

function check(string $step, bool $right, mixed $seen): void
{
    if (!$right) {
        throw new RuntimeException("$step: unexpected " . var_export($seen, true));
    }
    echo "  $step\n";
}

/** The fault a call must end with: the contract's gatewayFault. */
function faultOf(callable $call): stdClass
{
    try {
        $answer = $call();
    } catch (SoapFault $fault) {
        return $fault->detail->gatewayFault ?? throw $fault;
    }
    throw new RuntimeException('no fault, but ' . var_export($answer, true));
}

try {
    echo "PHP SoapClient, SOAP $version, sandbox\n";
    $customers = connect($base, 'customer', $version);
    $orders = connect($base, 'order', $version);

    // Your own numbers; a number once used always means the same record.
    $run = base_convert((string) hrtime(true), 10, 36);
    $customerNumber = "PHP-C-$run";
    $orderNumber = "PHP-O-$run";
    $name = "Müller Maschinenbau $run";

    $receipt = $customers->createCustomer([
        'customer' => [
            'externalId' => $customerNumber,
            'name' => $name,
            'kind' => 'ORGANIZATION',
            'addresses' => ['address' => [[
                'addressKey' => 'BILLING', 'kind' => 'INVOICE', 'line1' => 'Industriestraße 12',
                'city' => 'Stuttgart', 'postalCode' => '70565', 'country' => 'DE',
            ]]],
        ],
    ])->receipt;
    check("created customer $receipt->id", $receipt->outcome === 'created' && $receipt->version === 1, $receipt);

    $customer = $customers->getCustomer(['key' => ['externalId' => $customerNumber]])->customer;
    check(
        "read it: $customer->name",
        $customer->name === $name && $customer->id === $receipt->id && $customer->address[0]->city === 'Stuttgart',
        $customer,
    );

    $page = $customers->searchCustomers(['filter' => ['name' => "MÜLLER maschinenbau $run"]]);
    check(
        'found it by its name, whatever the case',
        count($page->customer) === 1 && $page->customer[0]->id === $customer->id,
        $page,
    );

    $order = [
        'externalId' => $orderNumber,
        'customer' => ['externalId' => $customerNumber],
        'orderDate' => '2026-03-02',
        'currency' => 'EUR',
        'lines' => ['line' => [
            [
                'lineNumber' => 10, 'item' => '100-4711-B', 'description' => 'Hexagon bolt M8 x 40',
                // Decimals as text: a float would lose digits.
                'quantity' => '500', 'unit' => 'C62', 'unitPrice' => '18.90', 'priceQuantity' => '100',
                'discountRate' => '5', 'taxRate' => '19',
            ],
            [
                'lineNumber' => 20, 'item' => '100-0815-A', 'description' => 'Gear housing',
                'quantity' => '4', 'unit' => 'C62', 'unitPrice' => '240.00', 'discountAmount' => '10.00',
                'taxRate' => '19',
            ],
        ]],
        'grossAmount' => '1237.34',
    ];
    $placed = $orders->createOrder(['order' => $order])->receipt;
    check(
        "placed order $placed->id, $placed->grossAmount EUR",
        $placed->outcome === 'created' && $placed->status === 'PLACED' && $placed->grossAmount === '1237.34',
        $placed,
    );

    // As after a lost answer: the same number and content get the first answer, and there is one order.
    $again = $orders->createOrder(['order' => $order]);
    check(
        'sent it again: the same answer',
        ($again->responseHeader->replayed ?? false) === true && $again->receipt->id === $placed->id,
        $again,
    );

    $read = $orders->getOrder(['key' => ['id' => $placed->id]])->order;
    check(
        'read it: ' . count($read->line) . ' lines',
        $read->externalId === $orderNumber && $read->customerExternalId === $customerNumber
            && count($read->line) === 2 && $read->line[0]->lineNet === '89.78' && $read->netAmount === '1039.78',
        $read,
    );

    $page = $orders->searchOrders(['filter' => ['customer' => ['externalId' => $customerNumber], 'status' => 'PLACED']]);
    check(
        'found it by its customer',
        count($page->order) === 1 && $page->order[0]->id === $placed->id,
        $page,
    );

    $change = ['externalId' => $orderNumber, 'expectedVersion' => 1, 'notes' => 'Deliver to gate 3.'];
    $changed = $orders->updateOrder(['order' => $change])->receipt;
    check("changed it: version $changed->version", $changed->outcome === 'updated' && $changed->version === 2, $changed);

    // Another change that starts from version 1 must not overwrite this one.
    $stale = faultOf(fn() => $orders->updateOrder(['order' => ['notes' => 'Deliver to gate 4.'] + $change]));
    check(
        "stale change refused: $stale->code, current version $stale->currentVersion",
        $stale->category === 'CONFLICT' && $stale->code === 'VERSION_STALE' && (int) $stale->currentVersion === 2
            && $stale->recordId === $placed->id && $stale->callId !== '',
        $stale,
    );
} catch (SoapFault $fault) {
    fwrite(STDERR, "failed: $fault->faultcode $fault->faultstring " . var_export($fault->detail ?? null, true) . "\n");
    exit(1);
} catch (RuntimeException $failure) {
    fwrite(STDERR, "failed: {$failure->getMessage()}\n");
    exit(1);
}
