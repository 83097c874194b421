package org.crmgateway.partner;

import java.util.Arrays;
import java.util.Optional;

/** The operations of contract v1; a test compares the list with the WSDL. Rights are granted by operation. */
public enum Operation {
    CREATE_CUSTOMER("createCustomer", true),
    GET_CUSTOMER("getCustomer", false),
    UPDATE_CUSTOMER("updateCustomer", true),
    UPSERT_CUSTOMER("upsertCustomer", true),
    DELETE_CUSTOMER("deleteCustomer", true),
    UNDELETE_CUSTOMER("undeleteCustomer", true),
    SEARCH_CUSTOMERS("searchCustomers", false),
    GET_CUSTOMER_CHANGES("getCustomerChanges", false),
    SAVE_CUSTOMERS("saveCustomers", true),
    CREATE_ORDER("createOrder", true),
    GET_ORDER("getOrder", false),
    UPDATE_ORDER("updateOrder", true),
    UPSERT_ORDER("upsertOrder", true),
    CHANGE_ORDER_STATUS("changeOrderStatus", true),
    CANCEL_ORDER("cancelOrder", true),
    SEARCH_ORDERS("searchOrders", false),
    GET_ORDER_CHANGES("getOrderChanges", false),
    SAVE_ORDERS("saveOrders", true);

    private final String wireName;
    private final boolean write;

    Operation(String wireName, boolean write) {
        this.wireName = wireName;
        this.write = write;
    }

    /** The operation's name in the WSDL. */
    public String wireName() {
        return wireName;
    }

    public boolean write() {
        return write;
    }

    /** The operation called {@code wireName} in the WSDL. */
    public static Optional<Operation> named(String wireName) {
        return Arrays.stream(values())
                .filter(operation -> operation.wireName.equals(wireName))
                .findFirst();
    }
}
