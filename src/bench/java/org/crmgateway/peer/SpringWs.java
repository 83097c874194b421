package org.crmgateway.peer;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import java.nio.file.Path;
import java.util.List;
import javax.xml.transform.stream.StreamSource;
import org.crmgateway.contract.customer.GetCustomerRequest;
import org.crmgateway.contract.customer.GetCustomerResponse;
import org.crmgateway.contract.customer.ObjectFactory;
import org.crmgateway.contract.customer.SearchCustomersRequest;
import org.crmgateway.contract.customer.SearchCustomersResponse;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.ws.config.annotation.EnableWs;
import org.springframework.ws.config.annotation.WsConfigurer;
import org.springframework.ws.server.EndpointInterceptor;
import org.springframework.ws.server.endpoint.annotation.Endpoint;
import org.springframework.ws.server.endpoint.annotation.PayloadRoot;
import org.springframework.ws.server.endpoint.annotation.RequestPayload;
import org.springframework.ws.server.endpoint.annotation.ResponsePayload;
import org.springframework.ws.soap.server.endpoint.interceptor.PayloadValidatingInterceptor;
import org.springframework.ws.transport.http.MessageDispatcherServlet;

/**
 * Spring-WS as its documentation has it: annotated methods, JAXB, requests validated. The answers are the gateway's, read from
 * files at the start.
 */
public final class SpringWs {
    private SpringWs() {}

    /** @param arguments the folder of answers */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.register(Configuration.class);
        context.addBeanFactoryPostProcessor(
                factory -> factory.registerSingleton("customers", new Customers(Path.of(arguments[0]))));
        ServletContextHandler servlets = new ServletContextHandler("/");
        servlets.addServlet(new ServletHolder(new MessageDispatcherServlet(context)), "/*");
        server.setHandler(servlets);
        server.start();
        System.out.println("port " + connector.getLocalPort());
    }

    /** Found by Spring. */
    @EnableWs
    @org.springframework.context.annotation.Configuration
    public static class Configuration implements WsConfigurer {
        @Override
        public void addInterceptors(List<EndpointInterceptor> interceptors) {
            interceptors.add(validation());
        }

        @Bean
        public PayloadValidatingInterceptor validation() {
            PayloadValidatingInterceptor validation = new PayloadValidatingInterceptor();
            validation.setSchema(new ClassPathResource("contract/xsd/customer-messages-v1.xsd"));
            validation.setValidateRequest(true);
            validation.setValidateResponse(false);
            return validation;
        }
    }

    /** Called by Spring. */
    @Endpoint
    public static class Customers {
        private static final String NAMESPACE = "urn:crmgateway:customer:v1";

        private final ObjectFactory factory = new ObjectFactory();
        private final GetCustomerResponse customer;
        private final SearchCustomersResponse customers;

        Customers(Path answers) {
            customer = read(answers.resolve("getCustomer.xml"), GetCustomerResponse.class);
            customers = read(answers.resolve("searchCustomers.xml"), SearchCustomersResponse.class);
        }

        @PayloadRoot(namespace = NAMESPACE, localPart = "getCustomer")
        @ResponsePayload
        public JAXBElement<GetCustomerResponse> get(@RequestPayload JAXBElement<GetCustomerRequest> request) {
            return factory.createGetCustomerResponse(customer);
        }

        @PayloadRoot(namespace = NAMESPACE, localPart = "searchCustomers")
        @ResponsePayload
        public JAXBElement<SearchCustomersResponse> search(
                @RequestPayload JAXBElement<SearchCustomersRequest> request) {
            return factory.createSearchCustomersResponse(customers);
        }

        private static <T> T read(Path file, Class<T> type) {
            try {
                return JAXBContext.newInstance(type)
                        .createUnmarshaller()
                        .unmarshal(new StreamSource(file.toFile()), type)
                        .getValue();
            } catch (jakarta.xml.bind.JAXBException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
