"""Several codes in one column."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from astcoord.core.fields import ChoiceSetField
from staff.expertise.vocabulary import KeyStage
from staff.posts.models import Post
from tests.factories import PostFactory

FIELD = ChoiceSetField(options=KeyStage.choices)


@given(st.lists(st.sampled_from(KeyStage.values)))
def test_what_goes_in_comes_out_once_and_in_order(codes):
    stored = FIELD.get_prep_value(codes)
    assert FIELD.from_db_value(stored) == tuple(c for c in KeyStage.values if c in codes)


@pytest.mark.django_db
def test_has_finds_a_whole_code_only():
    post = PostFactory(key_stages=("ks1", "post16"))
    assert Post.objects.filter(key_stages__has="ks1").get() == post
    assert not Post.objects.filter(key_stages__has="ks").exists()
    assert not Post.objects.filter(key_stages__has="post").exists()


def test_an_unknown_code_is_refused():
    with pytest.raises(ValidationError, match="ks9"):
        FIELD.clean(["ks9"], None)


def test_an_empty_set_is_refused_where_it_is_compulsory():
    with pytest.raises(ValidationError):
        FIELD.clean([], None)


def test_words_come_in_the_order_of_the_choices():
    post = Post(key_stages=("ks3", "ks1"))
    assert Post._meta.get_field("key_stages").labels(post) == ["Key stage 1", "Key stage 3"]
