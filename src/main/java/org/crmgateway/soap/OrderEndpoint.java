package org.crmgateway.soap;

import org.crmgateway.call.Call;
import org.crmgateway.contract.order.CancelOrderRequest;
import org.crmgateway.contract.order.CancelOrderResponse;
import org.crmgateway.contract.order.ChangeOrderStatusRequest;
import org.crmgateway.contract.order.ChangeOrderStatusResponse;
import org.crmgateway.contract.order.CreateOrderRequest;
import org.crmgateway.contract.order.CreateOrderResponse;
import org.crmgateway.contract.order.GetOrderChangesRequest;
import org.crmgateway.contract.order.GetOrderChangesResponse;
import org.crmgateway.contract.order.GetOrderRequest;
import org.crmgateway.contract.order.GetOrderResponse;
import org.crmgateway.contract.order.OrderPort;
import org.crmgateway.contract.order.SaveOrdersRequest;
import org.crmgateway.contract.order.SaveOrdersResponse;
import org.crmgateway.contract.order.SearchOrdersRequest;
import org.crmgateway.contract.order.SearchOrdersResponse;
import org.crmgateway.contract.order.UpdateOrderRequest;
import org.crmgateway.contract.order.UpdateOrderResponse;
import org.crmgateway.contract.order.UpsertOrderRequest;
import org.crmgateway.contract.order.UpsertOrderResponse;
import org.crmgateway.order.OrderStatus;
import org.crmgateway.order.Orders;

/**
 * The door of OrderService: one for each message.
 *
 * @param call the message being served
 */
record OrderEndpoint(Call call, Orders orders) implements OrderPort {

    @Override
    public CreateOrderResponse createOrder(CreateOrderRequest request) {
        return OrderAnswers.created(call, orders.create(call, OrderXml.draft(request.getOrder())));
    }

    @Override
    public UpdateOrderResponse updateOrder(UpdateOrderRequest request) {
        return OrderAnswers.updated(call, orders.update(call, OrderXml.draft(request.getOrder())));
    }

    @Override
    public UpsertOrderResponse upsertOrder(UpsertOrderRequest request) {
        return OrderAnswers.upserted(call, orders.upsert(call, OrderXml.draft(request.getOrder())));
    }

    @Override
    public ChangeOrderStatusResponse changeOrderStatus(ChangeOrderStatusRequest request) {
        OrderStatus next = OrderStatus.valueOf(request.getStatus().name());
        return OrderAnswers.statusChanged(
                call, orders.changeStatus(call, ReceiptXml.key(request.getKey()), request.getExpectedVersion(), next));
    }

    @Override
    public CancelOrderResponse cancelOrder(CancelOrderRequest request) {
        return OrderAnswers.cancelled(
                call,
                orders.cancel(
                        call, ReceiptXml.key(request.getKey()), request.getExpectedVersion(), request.getReason()));
    }

    @Override
    public SaveOrdersResponse saveOrders(SaveOrdersRequest request) {
        return OrderAnswers.saved(call, orders.save(call, OrderXml.rows(request.getRow()), request.isAllOrNone()));
    }

    @Override
    public GetOrderResponse getOrder(GetOrderRequest request) {
        var seen = orders.get(call, ReceiptXml.key(request.getKey()));
        GetOrderResponse response = new GetOrderResponse();
        response.setResponseHeader(ReceiptXml.header(call, false));
        response.setOrder(OrderXml.order(seen));
        return response;
    }

    @Override
    public SearchOrdersResponse searchOrders(SearchOrdersRequest request) {
        var page = orders.search(
                call,
                OrderXml.filter(request.getFilter()),
                ReceiptXml.pageSize(request.getPageSize()),
                request.getCursor());
        SearchOrdersResponse response = new SearchOrdersResponse();
        response.setResponseHeader(ReceiptXml.header(call, false));
        page.records().forEach(seen -> response.getOrder().add(OrderXml.order(seen)));
        response.setNextCursor(page.nextCursor());
        response.setChangesCursor(page.changesCursor());
        return response;
    }

    @Override
    public GetOrderChangesResponse getOrderChanges(GetOrderChangesRequest request) {
        var page = orders.changes(call, request.getCursor(), ReceiptXml.pageSize(request.getPageSize()));
        GetOrderChangesResponse response = new GetOrderChangesResponse();
        response.setResponseHeader(ReceiptXml.header(call, false));
        page.changes().forEach(change -> response.getChange().add(OrderXml.change(change)));
        response.setNextCursor(page.nextCursor());
        response.setMore(page.more());
        return response;
    }
}
