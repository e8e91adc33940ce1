// Beginning of a port in Java, with any JSON library (here Jackson): `bindwright conform --kit . -- java -cp … Port`.
import com.fasterxml.jackson.databind.*;
import com.fasterxml.jackson.databind.node.*;
import java.io.*;

public class Port {
    public static void main(String[] arguments) throws IOException {
        var mapper = new ObjectMapper();
        JsonNode ir = null;
        for (var line : (Iterable<String>) new BufferedReader(new InputStreamReader(System.in, "UTF-8")).lines()::iterator) {
            var request = mapper.readTree(line);
            var verb = request.get("do").asText();
            if (verb.equals("bye")) return;
            // Read request "input" of "from" as the type ir.types[type], write it in each of "to".
            var answer = mapper.createObjectNode().put("skipped", verb + " is not there yet"); // wrong: "refused": "decode"
            if (verb.equals("hello")) {
                ir = mapper.readTree(new File(request.get("ir").asText()));
                answer = (ObjectNode) mapper.readTree("{\"port\":\"my port 0.1\",\"protocol\":1,\"formats\":[\"json\",\"xml\"],\"features\":[]}");
            }
            System.out.println(answer.set("id", request.get("id")));
        }
    }
}
