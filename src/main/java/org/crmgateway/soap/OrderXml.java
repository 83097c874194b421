package org.crmgateway.soap;

import java.util.List;
import org.crmgateway.contract.order.OrderChange;
import org.crmgateway.contract.order.OrderLineInputList;
import org.crmgateway.contract.order.OrderRow;
import org.crmgateway.order.Order;
import org.crmgateway.order.OrderFilter;
import org.crmgateway.order.OrderInput;
import org.crmgateway.order.OrderLine;
import org.crmgateway.order.OrderLineInput;
import org.crmgateway.order.OrderStatus;
import org.crmgateway.record.Children;
import org.crmgateway.record.Draft;
import org.crmgateway.record.RecordKey;
import org.crmgateway.record.Row;
import org.crmgateway.record.Seen;
import org.crmgateway.record.SeenChange;
import org.jspecify.annotations.Nullable;

/** Orders between the wire and the domain. */
final class OrderXml {
    private OrderXml() {}

    static Draft<OrderInput> draft(org.crmgateway.contract.order.OrderInput sent) {
        OrderInput input = new OrderInput(
                sent.getCustomer() == null ? null : ReceiptXml.key(sent.getCustomer()),
                sent.getOrderDate(),
                sent.getCurrency(),
                sent.getStatus() == null
                        ? null
                        : OrderStatus.valueOf(sent.getStatus().name()),
                lines(sent.getLines()),
                sent.getNetAmount(),
                sent.getTaxAmount(),
                sent.getGrossAmount(),
                sent.getNotes(),
                sent.getClear());
        return new Draft<>(new RecordKey(sent.getId(), sent.getExternalId()), sent.getExpectedVersion(), input);
    }

    static List<Row<OrderInput>> rows(List<OrderRow> sent) {
        return sent.stream()
                .map(row -> new Row<>(row.getRowId(), draft(row.getOrder())))
                .toList();
    }

    static OrderFilter filter(org.crmgateway.contract.order.@Nullable OrderFilter sent) {
        if (sent == null) {
            return new OrderFilter(null, null, null, null, null, null);
        }
        return new OrderFilter(
                sent.getCustomer() == null ? null : ReceiptXml.key(sent.getCustomer()),
                sent.getStatus() == null
                        ? null
                        : OrderStatus.valueOf(sent.getStatus().name()),
                sent.getChangedSince(),
                sent.getExternalId(),
                sent.getOrderDateFrom(),
                sent.getOrderDateUntil());
    }

    static org.crmgateway.contract.order.Order order(Seen<Order> seen) {
        var record = seen.record();
        Order value = record.value();
        var order = new org.crmgateway.contract.order.Order();
        order.setId(record.id());
        order.setExternalId(seen.externalId());
        order.setVersion(record.version());
        order.setCreatedAt(record.createdAt());
        order.setChangedAt(record.changedAt());
        order.setCustomerId(value.customerId());
        order.setCustomerExternalId(seen.names().get(value.customerId()));
        order.setOrderDate(value.orderDate());
        order.setCurrency(value.currency());
        order.setStatus(value.status().name());
        value.lines().forEach(line -> order.getLine().add(line(line)));
        order.setNetAmount(value.totals().net());
        order.setTaxAmount(value.totals().tax());
        order.setGrossAmount(value.totals().gross());
        order.setCancelReason(value.cancelReason());
        order.setNotes(value.notes());
        return order;
    }

    static OrderChange change(SeenChange<Order> seen) {
        OrderChange change = new OrderChange();
        change.setKind(seen.event());
        change.setAt(seen.at());
        change.setOwn(seen.own());
        change.setOrder(order(seen.seen()));
        return change;
    }

    private static @Nullable Children<OrderLineInput> lines(@Nullable OrderLineInputList sent) {
        if (sent == null) {
            return null;
        }
        List<OrderLineInput> entries = sent.getLine().stream()
                .map(entry -> new OrderLineInput(
                        entry.getLineNumber(),
                        ReceiptXml.flag(entry.isRemoved()),
                        entry.getItem(),
                        entry.getDescription(),
                        entry.getQuantity(),
                        entry.getUnit(),
                        entry.getUnitPrice(),
                        entry.getPriceQuantity(),
                        entry.getDiscountRate(),
                        entry.getDiscountAmount(),
                        entry.getTaxRate(),
                        entry.getTaxAmount()))
                .toList();
        return new Children<>(ReceiptXml.flag(sent.isComplete()), entries);
    }

    private static org.crmgateway.contract.order.OrderLine line(OrderLine value) {
        var line = new org.crmgateway.contract.order.OrderLine();
        line.setLineNumber(value.lineNumber());
        line.setItem(value.item());
        line.setDescription(value.description());
        line.setQuantity(value.quantity());
        line.setUnit(value.unit());
        line.setUnitPrice(value.unitPrice());
        line.setPriceQuantity(value.priceQuantity());
        line.setDiscountRate(value.discountRate());
        line.setDiscountAmount(value.discountAmount());
        line.setTaxRate(value.taxRate());
        line.setTaxAmount(value.taxAmount());
        line.setLineNet(value.amounts().net());
        line.setLineTax(value.amounts().tax());
        line.setLineGross(value.amounts().gross());
        return line;
    }
}
