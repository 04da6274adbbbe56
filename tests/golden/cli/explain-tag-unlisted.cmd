explain Abc
