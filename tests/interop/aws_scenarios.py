"""What a user of other AWS services does, over three more protocols in XML: typed results and typed errors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from attrs import frozen
from bindwright.runtime.http import BadRequest, Conflict, NotFound, Resource, StatusError


class AllGroups:
    """The operations of a client, in whichever group they are, by their names without underscores."""

    def __init__(self, client: Any) -> None:
        groups = [getattr(client, name) for name in dir(client) if not name.startswith("_")]
        self._operations = {
            name.replace("_", ""): getattr(group, name)
            for group in groups
            if isinstance(group, Resource)
            for name in dir(group)
            if not name.startswith("_")
        }

    def __getattr__(self, name: str) -> Callable[..., Any]:
        try:
            return self._operations[name.replace("_", "").lower()]
        except KeyError:
            raise AttributeError(name) from None


@frozen
class Aws:
    """The operations and models of one generated client, which no type checker knows here."""

    api: AllGroups
    models: Any

    def get(self, action: str, **arguments: Any) -> Any:
        """An action of the query protocols in the query."""
        return self._call("get", action, arguments)

    def post(self, action: str, body: Any) -> Any:
        """An action of the query protocols in a form: its names of list items are none that the document describes."""
        return self._call(
            "post", action, {"body": urlencode(body).encode() if isinstance(body, dict) else body}
        )

    def _call(self, method: str, action: str, arguments: dict[str, Any]) -> Any:
        # Action and version have one value each, which is sent without being given.
        answer = getattr(self.api, f"{method}{action}")(**arguments)
        answer = getattr(answer, "value", answer)  # of a page, what the document describes
        return getattr(answer, "result", answer)

    def refused(
        self, kind: type[StatusError], code: str, call: Callable[..., Any], *args: Any, **more: Any
    ) -> None:
        """A call ends in an error of that class, with that code in its parsed body."""
        with pytest.raises(kind) as caught:
            call(*args, **more)
        error = caught.value.error
        assert isinstance(error, self.models.Failure), caught.value.body
        failure = error.errors[0] if hasattr(error, "errors") else error.error
        assert (failure.code, bool(failure.message)) == (code, True), error


def sts(aws: Aws) -> None:
    identity = aws.get("GetCallerIdentity")
    assert (identity.account, identity.arn.startswith("arn:aws:")) == ("123456789012", True)
    role = aws.get("AssumeRole", role_arn="arn:aws:iam::123456789012:role/a", role_session_name="me")
    assert role.credentials.access_key_id
    assert role.credentials.expiration.tzinfo is not None
    assert role.assumed_role_user.arn.endswith("role/a/me")


def iam(aws: Aws) -> None:
    for name in ("ann", "bob", "cleo"):
        tags = {"Tags.member.1.Key": "k", "Tags.member.1.Value": "<&>"}
        created = aws.get("CreateUser", user_name=name, query=tags)
        assert (created.user.user_name, created.user.create_date.tzinfo is not None) == (name, True)
    listing = aws.get("ListUsers")
    assert ([user.user_name for user in listing.users], listing.is_truncated) == (
        ["ann", "bob", "cleo"],
        False,
    )
    assert [(tag.key, tag.value) for tag in aws.get("ListUserTags", user_name="bob").tags] == [("k", "<&>")]
    aws.post("CreateGroup", {"GroupName": "all"})
    aws.get("AddUserToGroup", group_name="all", user_name="ann")
    assert [user.user_name for user in aws.get("GetGroup", group_name="all").users] == ["ann"]
    aws.refused(NotFound, "NoSuchEntity", aws.get, "GetUser", user_name="nobody")
    aws.refused(Conflict, "EntityAlreadyExists", aws.get, "CreateUser", user_name="bob")
    aws.get("DeleteUser", user_name="cleo")
    assert len(aws.get("ListUsers").users) == 2


def sns(aws: Aws) -> None:
    arn = aws.get("CreateTopic", name="news").topic_arn
    assert [topic.topic_arn for topic in aws.get("ListTopics").topics] == [arn]
    assert aws.get("Subscribe", topic_arn=arn, protocol="email", endpoint="a@b.example").subscription_arn
    (subscription,) = aws.get("ListSubscriptionsByTopic", topic_arn=arn).subscriptions
    assert (subscription.protocol, subscription.endpoint) == ("email", "a@b.example")
    assert aws.post("Publish", {"TopicArn": arn, "Message": "\u00fcber <all>"}).message_id
    aws.refused(NotFound, "NotFound", aws.post, "Publish", {"TopicArn": arn + "x", "Message": "x"})
    aws.get("DeleteTopic", topic_arn=arn)
    assert not aws.get("ListTopics").topics


def sqs(aws: Aws) -> None:
    m = aws.models
    attributes = {"Attribute.1.Name": "VisibilityTimeout", "Attribute.1.Value": "40"}
    url = aws.post("CreateQueue", {"QueueName": "q1", **attributes}).queue_url
    assert aws.post("ListQueues", m.ListQueuesRequest()).queue_urls == [url]
    assert aws.post("GetQueueUrl", m.GetQueueUrlRequest(queue_name="q1")).queue_url == url
    text = "\u00fc <x>&amp; \u20ac"
    sent = aws.post("SendMessage", m.SendMessageRequest(queue_url=url, message_body=text))
    assert sent.md5_of_message_body == hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    (got,) = aws.post("ReceiveMessage", m.ReceiveMessageRequest(queue_url=url)).messages
    assert (got.body, got.message_id) == (text, sent.message_id)
    held = aws.post("GetQueueAttributes", {"QueueUrl": url, "AttributeName.1": "All"}).attributes
    assert {attribute.name: attribute.value for attribute in held}["VisibilityTimeout"] == "40"
    missing = "AWS.SimpleQueueService.NonExistentQueue"
    aws.refused(BadRequest, missing, aws.post, "GetQueueUrl", {"QueueName": "nope"})


def email(aws: Aws) -> None:
    aws.get("VerifyEmailIdentity", email_address="a@b.example")
    assert aws.get("ListIdentities").identities == ["a@b.example"]
    assert aws.get("GetSendQuota").max24_hour_send == 200.0
    message = {
        "Source": "a@b.example", "Destination.ToAddresses.member.1": "c@d.example",
        "Message.Subject.Data": "s", "Message.Body.Text.Data": "t",
    }  # fmt: skip
    assert aws.post("SendEmail", message).message_id
    rejected = {**message, "Source": "other@b.example"}
    aws.refused(BadRequest, "MessageRejected", aws.post, "SendEmail", rejected)


def cloudformation(aws: Aws) -> None:
    template = '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}, "Outputs": {"Name": {"Value": "a<b"}}}'
    created = aws.post("CreateStack", {"StackName": "s1", "TemplateBody": template})
    (stack,) = aws.get("DescribeStacks", stack_name="s1").stacks
    assert (stack.stack_id, stack.stack_status.value) == (created.stack_id, "CREATE_COMPLETE")
    assert [(output.output_key, output.output_value) for output in stack.outputs] == [("Name", "a<b")]
    (resource,) = aws.get("ListStackResources", stack_name="s1").stack_resource_summaries
    assert resource.resource_type == "AWS::SNS::Topic"
    aws.refused(BadRequest, "ValidationError", aws.get, "DescribeStacks", stack_name="none")
    aws.get("DeleteStack", stack_name="s1")


def rds(aws: Aws) -> None:
    form = {"DBInstanceIdentifier": "db1", "DBInstanceClass": "db.t3.micro", "Engine": "postgres"}
    form |= {"AllocatedStorage": "20", "MasterUsername": "me", "MasterUserPassword": "secret123"}
    created = aws.post("CreateDBInstance", form).db_instance
    assert (created.db_instance_identifier, created.allocated_storage, created.engine) == (
        "db1",
        20,
        "postgres",
    )
    (described,) = aws.get("DescribeDBInstances").db_instances
    assert described.db_instance_arn == created.db_instance_arn
    assert described.endpoint.port == 5432
    missing = {"db_instance_identifier": "none"}
    aws.refused(NotFound, "DBInstanceNotFound", aws.get, "DescribeDBInstances", **missing)


def autoscaling(aws: Aws) -> None:
    image = {"LaunchConfigurationName": "l1", "ImageId": "ami-1", "InstanceType": "t2.micro"}
    aws.post("CreateLaunchConfiguration", image)
    group = {"AutoScalingGroupName": "g1", "LaunchConfigurationName": "l1", "MinSize": "0", "MaxSize": "2"}
    aws.post("CreateAutoScalingGroup", {**group, "AvailabilityZones.member.1": "us-east-1a"})
    (described,) = aws.get("DescribeAutoScalingGroups").auto_scaling_groups
    assert (described.auto_scaling_group_name, described.min_size, described.max_size) == ("g1", 0, 2)
    assert described.availability_zones == ["us-east-1a"]
    nowhere = {**group, "AutoScalingGroupName": "g2"}
    aws.refused(BadRequest, "ValidationError", aws.post, "CreateAutoScalingGroup", nowhere)


def elasticloadbalancing(aws: Aws) -> None:
    form = {"LoadBalancerName": "lb1", "AvailabilityZones.member.1": "us-east-1a"}
    listener = {"Protocol": "http", "LoadBalancerPort": "80", "InstancePort": "8080"}
    form |= {f"Listeners.member.1.{name}": value for name, value in listener.items()}
    assert aws.post("CreateLoadBalancer", form).dns_name
    (balancer,) = aws.get("DescribeLoadBalancers").load_balancer_descriptions
    assert [description.listener.instance_port for description in balancer.listener_descriptions] == [8080]
    assert balancer.availability_zones == ["us-east-1a"]


def ec2(aws: Aws) -> None:
    regions = {region.region_name: region for region in aws.get("DescribeRegions").regions}
    assert regions["eu-central-1"].endpoint == "ec2.eu-central-1.amazonaws.com"
    vpc = aws.get("CreateVpc", cidr_block="10.1.0.0/16").vpc
    assert vpc.cidr_block == "10.1.0.0/16"
    subnet = aws.get("CreateSubnet", vpc_id=vpc.vpc_id, cidr_block="10.1.2.0/24").subnet
    assert (subnet.vpc_id, subnet.available_ip_address_count) == (vpc.vpc_id, 251)
    aws.post("CreateTags", {"ResourceId.1": vpc.vpc_id, "Tag.1.Key": "Name", "Tag.1.Value": "ours"})
    (described,) = [candidate for candidate in aws.get("DescribeVpcs").vpcs if candidate.vpc_id == vpc.vpc_id]
    assert [(tag.key, tag.value) for tag in described.tags] == [("Name", "ours")]
    assert described.is_default is False
    assert described.cidr_block_association_set[0].cidr_block_state.state.value == "associated"
    aws.refused(BadRequest, "InvalidVpcID.NotFound", aws.get, "DeleteVpc", vpc_id="vpc-00000000")


def route53(aws: Aws) -> None:
    m, api = aws.models, aws.api
    zone = api.create_hosted_zone(
        m.CreateHostedZoneRequest(name="a.example.", caller_reference="1")
    ).hosted_zone
    assert [hosted.id for hosted in api.list_hosted_zones()] == [zone.id]
    id_ = zone.id.rpartition("/")[2]
    record = m.ResourceRecordSet(
        name="www.a.example.", type="A", ttl=300, resource_records=[m.ResourceRecord(value="10.0.0.1")]
    )
    change = m.ChangeBatch(changes=[m.Change(action="CREATE", resource_record_set=record)], comment="<new>")
    submitted = api.change_resource_record_sets(id_, m.ChangeResourceRecordSetsRequest(change_batch=change))
    assert submitted.change_info.status.value == "INSYNC"
    records = {
        record_set.name: record_set for record_set in api.list_resource_record_sets(id_).resource_record_sets
    }
    assert records["www.a.example."].resource_records == [m.ResourceRecord(value="10.0.0.1")]
    assert records["www.a.example."].ttl == 300
    aws.refused(NotFound, "NoSuchHostedZone", api.get_hosted_zone, "Z123")


def cloudfront(aws: Aws) -> None:
    m, api = aws.models, aws.api
    origin = m.Origin(
        id="o", domain_name="b.s3.amazonaws.com", s3_origin_config=m.S3OriginConfig(origin_access_identity="")
    )
    config = m.DistributionConfig(
        caller_reference="1", comment="a & b", enabled=False,
        origins=m.Origins(quantity=1, items=[origin]),
        default_cache_behavior=m.DefaultCacheBehavior(
            target_origin_id="o", viewer_protocol_policy="allow-all",
            trusted_signers=m.TrustedSigners(enabled=False, quantity=0),
            forwarded_values=m.ForwardedValues(query_string=False, cookies=m.CookiePreference(forward="none")),
            min_ttl=0,
        ),
    )  # fmt: skip
    created = api.create_distribution2020_05_31(config)
    assert created.distribution_config.comment == "a & b"
    read = api.get_distribution2020_05_31(created.id)
    assert [read_origin.domain_name for read_origin in read.distribution_config.origins.items] == [
        "b.s3.amazonaws.com"
    ]
    listed = api.list_distributions2020_05_31()
    assert [distribution.id for distribution in listed.items] == [created.id]
    batch = m.InvalidationBatch(caller_reference="1", paths=m.Paths(quantity=1, items=["/a*"]))
    assert api.create_invalidation2020_05_31(created.id, batch).invalidation_batch.paths.items == ["/a*"]
    aws.refused(NotFound, "NoSuchDistribution", api.get_distribution2020_05_31, "none")


def s3control(aws: Aws) -> None:
    m, api, account = aws.models, aws.api, "123456789012"
    block = m.PublicAccessBlockConfiguration(block_public_acls=True, ignore_public_acls=False)
    api.put_public_access_block(block, x_amz_account_id=account)
    read = api.get_public_access_block(x_amz_account_id=account)
    assert (read.block_public_acls, read.ignore_public_acls) == (True, False)
    created = api.create_access_point(
        "ap1", m.CreateAccessPointRequest(bucket="b1"), x_amz_account_id=account
    )
    assert created.access_point_arn.endswith("accesspoint/ap1")
    access_point = api.get_access_point("ap1", x_amz_account_id=account)
    assert (access_point.bucket, access_point.name) == ("b1", "ap1")
    api.delete_access_point("ap1", x_amz_account_id=account)
